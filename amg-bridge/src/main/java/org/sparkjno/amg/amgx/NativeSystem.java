// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.amgx;

import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.solve.Reuse;
import org.sparkjno.kernels.device.cpu.NativeMemory;

/** A matrix in AmgX with vectors and a solver that is set up. For one thread. */
final class NativeSystem implements AutoCloseable {
    private final Bridge bridge;
    private final NativeObjects objects;
    private final AmgxPrecision precision;
    private final int rows;
    private long a;
    private long b;
    private long x;
    private long solver;
    private NativeMemory staged;

    /**
     * How AmgX's solve ended.
     *
     * @param status AmgX's number
     * @param residuals norms before the first and after each iteration
     */
    record Outcome(int status, double[] residuals) {
        /** AmgX's solver has reached its own tolerance. */
        static final int SUCCESS = 0;
        /** It could not go on. */
        static final int FAILED = 1;
    }

    private NativeSystem(Bridge bridge, AmgxPrecision precision, int rows) {
        this.bridge = bridge;
        this.objects = new NativeObjects(bridge);
        this.precision = precision;
        this.rows = rows;
    }

    /**
     * Copies a matrix to the device and sets its solver up.
     *
     * @param resources of the device
     */
    static NativeSystem of(
            Bridge bridge, long resources, AmgxParameters parameters, AmgxPrecision precision, CsrMatrix matrix) {
        NativeSystem system = new NativeSystem(bridge, precision, matrix.rows());
        try {
            system.create(resources, parameters);
            system.upload(matrix);
            bridge.call(NativeFunction.AMGX_solver_setup, system.solver, system.a);
            return system;
        } catch (RuntimeException | Error e) {
            try {
                system.close();
            } catch (AmgxException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void create(long resources, AmgxParameters parameters) {
        int mode = precision.mode();
        staged = objects.own(Staging.vector(rows));
        long configuration = objects.configuration(parameters);
        a = objects.create(NativeFunction.AMGX_matrix_create, NativeFunction.AMGX_matrix_destroy, resources, mode);
        b = objects.create(NativeFunction.AMGX_vector_create, NativeFunction.AMGX_vector_destroy, resources, mode);
        x = objects.create(NativeFunction.AMGX_vector_create, NativeFunction.AMGX_vector_destroy, resources, mode);
        solver = objects.create(
                NativeFunction.AMGX_solver_create, NativeFunction.AMGX_solver_destroy, resources, mode, configuration);
    }

    private void upload(CsrMatrix matrix) {
        try (NativeMemory start = Staging.of(matrix.rowStart());
                NativeMemory columns = Staging.of(matrix.columns());
                NativeMemory values = Staging.of(matrix.values(), precision)) {
            bridge.call(
                    NativeFunction.AMGX_matrix_upload_all,
                    a,
                    rows,
                    matrix.entries(),
                    1,
                    1,
                    start.address(),
                    columns.address(),
                    values.address(),
                    0);
        }
    }

    /** Puts other values of the same pattern in the place of those that are there. */
    void replace(CsrMatrix matrix, Reuse reuse) {
        try (NativeMemory values = Staging.of(matrix.values(), precision)) {
            bridge.call(
                    NativeFunction.AMGX_matrix_replace_coefficients, a, rows, matrix.entries(), values.address(), 0);
        }
        switch (reuse) {
            case REBUILD -> bridge.call(NativeFunction.AMGX_solver_setup, solver, a);
            case GALERKIN -> bridge.call(NativeFunction.AMGX_solver_resetup, solver, a);
            case KEEP -> {}
        }
    }

    /**
     * Solves A x = b, starting from zero.
     *
     * @param solution what AmgX found
     */
    Outcome solve(double[] rightHandSide, double[] solution) {
        Staging.write(rightHandSide, staged);
        bridge.call(NativeFunction.AMGX_vector_upload, b, rows, 1, staged.address());
        bridge.call(NativeFunction.AMGX_vector_set_zero, x, rows, 1);
        bridge.call(NativeFunction.AMGX_solver_solve_with_0_initial_guess, solver, b, x);
        bridge.call(NativeFunction.AMGX_vector_download, x, staged.address());
        Staging.read(staged, solution);
        int iterations = bridge.integer(NativeFunction.AMGX_solver_get_iterations_number, solver);
        double[] residuals = new double[Math.max(0, iterations) + 1];
        for (int k = 0; k < residuals.length; k++) {
            residuals[k] = bridge.number(NativeFunction.AMGX_solver_get_iteration_residual, solver, k, 0);
        }
        return new Outcome(bridge.integer(NativeFunction.AMGX_solver_get_status, solver), residuals);
    }

    @Override
    public void close() {
        objects.close();
    }
}
