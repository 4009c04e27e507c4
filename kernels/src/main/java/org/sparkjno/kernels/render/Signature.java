// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.kernels.render;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.sparkjno.kernels.graph.DType;
import org.sparkjno.kernels.graph.Value;
import org.sparkjno.kernels.optimize.Access;
import org.sparkjno.kernels.optimize.Kernel;
import org.sparkjno.kernels.optimize.Slot;

/**
 * The pointers that a kernel takes: one per place in memory, offsets included, so that kernels that differ only in where
 * they read and write have the same text.
 */
final class Signature {
    private record Pointer(Slot place, DType dtype) {
        boolean leadsTo(Slot other, DType type) {
            return place.offset() == other.offset()
                    && place.index() == other.index()
                    && place.region() == other.region()
                    && dtype == type;
        }
    }

    /** A few: a search is quicker than a table. */
    private final List<Pointer> pointers = new ArrayList<>();

    private final List<Boolean> written = new ArrayList<>();
    private final Function<Value, Slot> slots;
    private final ToLongFunction<Slot> alignment;

    /**
     * The pointers of a kernel.
     *
     * @param slots where values lie
     * @param alignment a number of bytes of which the address of a place is known to be a multiple
     */
    Signature(Kernel kernel, Function<Value, Slot> slots, ToLongFunction<Slot> alignment) {
        this.slots = slots;
        this.alignment = alignment;
        for (Access access : kernel.writes()) {
            add(access, true);
        }
        for (Access access : kernel.reads()) {
            add(access, false);
        }
    }

    private void add(Access access, boolean write) {
        Pointer pointer = pointer(access);
        if (position(pointer) < 0) {
            pointers.add(pointer);
            written.add(write);
        }
    }

    private int position(Pointer pointer) {
        for (int i = 0; i < pointers.size(); i++) {
            if (pointers.get(i).leadsTo(pointer.place(), pointer.dtype())) {
                return i;
            }
        }
        return -1;
    }

    private Pointer pointer(Access access) {
        Slot slot = slots.apply(access.base());
        DType dtype = access.base().dtype();
        return new Pointer(slot.plus(access.offset() * dtype.bytes()), dtype);
    }

    /** Whether an access starts at a multiple of so many bytes if its region does: buffers do, slices in a loop need not. */
    boolean isAligned(Access access, int bytes) {
        return pointer(access).place().offset() % bytes == 0;
    }

    /** Name of the pointer through which an access goes. */
    String name(Access access) {
        return "p" + position(pointer(access));
    }

    /** Parameter list of a function that covers a range of its outermost axis. */
    String parametersWithRange(Dialect dialect) {
        return withRange(parameters(dialect), "long from, long to");
    }

    /** Argument list of a call for the range {@code from..to}. */
    String argumentsWithRange(Function<Slot, String> address) {
        return withRange(arguments(address), "from, to");
    }

    private static String withRange(String list, String range) {
        return list.substring(0, list.length() - 1) + ", " + range + ")";
    }

    /** The element that an access goes to at an index. */
    String element(Access access, List<String> index) {
        return name(access) + "[" + Body.index(access.strides(), index) + "]";
    }

    /**
     * Whether every vector that starts at a multiple of its lanes along one axis lies at a multiple of its bytes.
     *
     * @param access an access with stride 1 along the axis
     * @param axis the axis of the vector
     * @param others further strides of its address
     */
    boolean aligned(Access access, int axis, List<Long> others, int lanes) {
        int bytes = access.base().dtype().bytes();
        boolean even = alignment.applyAsLong(pointer(access).place()) % ((long) lanes * bytes) == 0;
        for (int i = 0; i < access.strides().size(); i++) {
            even &= i == axis || access.strides().get(i) % lanes == 0;
        }
        for (long stride : others) {
            even &= stride % lanes == 0;
        }
        return even;
    }

    /** Where the pointers lead, in the order of the parameters. */
    List<Slot> places() {
        return pointers.stream().map(Pointer::place).toList();
    }

    /** Parameter list of the function. */
    String parameters(Dialect dialect) {
        StringJoiner list = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < pointers.size(); i++) {
            list.add((written.get(i) ? "" : "const ")
                    + CType.memory(pointers.get(i).dtype()) + "* " + dialect.restrict() + " p" + i);
        }
        return list.toString();
    }

    /** Argument list of a call, given the names of the memory regions. */
    String arguments(Function<Slot, String> address) {
        StringJoiner list = new StringJoiner(", ", "(", ")");
        for (Pointer pointer : pointers) {
            list.add("(" + CType.memory(pointer.dtype()) + "*)(" + address.apply(pointer.place()) + ")");
        }
        return list.toString();
    }
}
