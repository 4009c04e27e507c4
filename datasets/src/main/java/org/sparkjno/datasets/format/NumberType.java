// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How VTK stores numbers. All are read as doubles, which hold the whole ones up to 2⁵³. */
enum NumberType {
    INT8("Int8", "char", 1) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.get();
        }
    },
    UINT8("UInt8", "unsigned_char", 1) {
        @Override
        double next(ByteBuffer bytes) {
            return Byte.toUnsignedInt(bytes.get());
        }
    },
    INT16("Int16", "short", 2) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.getShort();
        }
    },
    UINT16("UInt16", "unsigned_short", 2) {
        @Override
        double next(ByteBuffer bytes) {
            return Short.toUnsignedInt(bytes.getShort());
        }
    },
    INT32("Int32", "int", 4) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.getInt();
        }
    },
    UINT32("UInt32", "unsigned_int", 4) {
        @Override
        double next(ByteBuffer bytes) {
            return Integer.toUnsignedLong(bytes.getInt());
        }
    },
    INT64("Int64", "vtktypeint64", 8) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    UINT64("UInt64", "vtktypeuint64", 8) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.getLong();
        }
    },
    FLOAT32("Float32", "float", 4) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    FLOAT64("Float64", "double", 8) {
        @Override
        double next(ByteBuffer bytes) {
            return bytes.getDouble();
        }
    };

    private final String xmlName;
    private final String legacyName;
    private final int bytes;

    NumberType(String xmlName, String legacyName, int bytes) {
        this.xmlName = xmlName;
        this.legacyName = legacyName;
        this.bytes = bytes;
    }

    /** The type by its name in either of VTK's formats. */
    static Optional<NumberType> named(String name) {
        // The two names of 64-bit integers in legacy files by compilers on which long has as many bits.
        String common =
                name.replaceFirst("^(unsigned_)?long$", "vtktype$1int64").replace("unsigned_int64", "uint64");
        return Arrays.stream(values())
                .filter(type -> type.xmlName.equals(name) || type.legacyName.equals(common))
                .findFirst();
    }

    String xmlName() {
        return xmlName;
    }

    /** Size of a number. */
    int bytes() {
        return bytes;
    }

    /** The number at the position, which moves behind it. */
    abstract double next(ByteBuffer bytes);

    /** The next numbers. */
    double[] next(ByteBuffer source, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = next(source);
        }
        return numbers;
    }
}
