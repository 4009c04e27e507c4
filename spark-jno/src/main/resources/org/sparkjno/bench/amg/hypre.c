/* SPDX-License-Identifier: Apache-2.0 */
/* hypre's part in the race of sparse solvers: conjugate gradients with one BoomerAMG V-cycle (HMIS, extended+i
 * interpolation with 4 elements per row, strength 0.25, l1-Gauss-Seidel down and up, elimination on the coarsest level)
 * on the 7-point Laplacian of n x n x n unknowns, 6 / -1, Dirichlet boundaries eliminated, b = 1, x = 0, relative
 * residual 1e-8. Ranks own slabs of planes.
 *
 * usage: mpirun -n RANKS hypre N AGGRESSIVE; for every line on standard input it solves once and answers by one line of
 * JSON. AGGRESSIVE is the number of levels that are coarsened aggressively. */
#include <math.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "HYPRE.h"
#include "HYPRE_IJ_mv.h"
#include "HYPRE_parcsr_ls.h"
#include "HYPRE_parcsr_mv.h"

typedef struct {
    HYPRE_BigInt first, last; /* rows of this rank */
    HYPRE_IJMatrix matrix;
    HYPRE_IJVector right, unknowns, rest;
} System;

static HYPRE_IJVector vector(const System *s) {
    HYPRE_IJVector v;
    HYPRE_IJVectorCreate(MPI_COMM_WORLD, s->first, s->last, &v);
    HYPRE_IJVectorSetObjectType(v, HYPRE_PARCSR);
    HYPRE_IJVectorInitialize(v);
    HYPRE_IJVectorAssemble(v);
    return v;
}

static HYPRE_ParVector par(HYPRE_IJVector v) {
    void *object;
    HYPRE_IJVectorGetObject(v, &object);
    return (HYPRE_ParVector)object;
}

static HYPRE_ParCSRMatrix parMatrix(const System *s) {
    void *object;
    HYPRE_IJMatrixGetObject(s->matrix, &object);
    return (HYPRE_ParCSRMatrix)object;
}

static System laplacian(long n, int rank, int ranks) {
    System s;
    s.first = (HYPRE_BigInt)(n * rank / ranks) * n * n;
    s.last = (HYPRE_BigInt)(n * (rank + 1) / ranks) * n * n - 1;
    HYPRE_IJMatrixCreate(MPI_COMM_WORLD, s.first, s.last, s.first, s.last, &s.matrix);
    HYPRE_IJMatrixSetObjectType(s.matrix, HYPRE_PARCSR);
    HYPRE_IJMatrixSetMaxOffProcElmts(s.matrix, 0);
    HYPRE_IJMatrixInitialize(s.matrix);
    for (HYPRE_BigInt row = s.first; row <= s.last; row++) {
        long x = row % n, y = row / n % n, z = row / (n * n);
        HYPRE_BigInt columns[7];
        double values[7];
        HYPRE_Int count = 0;
        /* The diagonal first, then columns in ascending order: coarsening depends on the order. */
        columns[count] = row, values[count++] = 6;
        if (z > 0) columns[count] = row - n * n, values[count++] = -1;
        if (y > 0) columns[count] = row - n, values[count++] = -1;
        if (x > 0) columns[count] = row - 1, values[count++] = -1;
        if (x < n - 1) columns[count] = row + 1, values[count++] = -1;
        if (y < n - 1) columns[count] = row + n, values[count++] = -1;
        if (z < n - 1) columns[count] = row + n * n, values[count++] = -1;
        HYPRE_IJMatrixSetValues(s.matrix, 1, &count, &row, columns, values);
    }
    HYPRE_IJMatrixAssemble(s.matrix);
    s.right = vector(&s);
    s.unknowns = vector(&s);
    s.rest = vector(&s);
    HYPRE_ParVectorSetConstantValues(par(s.right), 1);
    return s;
}

static HYPRE_Solver boomer(int aggressive) {
    HYPRE_Solver amg;
    HYPRE_BoomerAMGCreate(&amg);
    HYPRE_BoomerAMGSetCoarsenType(amg, 10);
    HYPRE_BoomerAMGSetInterpType(amg, 6);
    HYPRE_BoomerAMGSetPMaxElmts(amg, 4);
    HYPRE_BoomerAMGSetStrongThreshold(amg, 0.25);
    HYPRE_BoomerAMGSetAggNumLevels(amg, aggressive);
    HYPRE_BoomerAMGSetCycleRelaxType(amg, 13, 1);
    HYPRE_BoomerAMGSetCycleRelaxType(amg, 14, 2);
    HYPRE_BoomerAMGSetCycleRelaxType(amg, 9, 3);
    HYPRE_BoomerAMGSetNumSweeps(amg, 1);
    HYPRE_BoomerAMGSetMaxIter(amg, 1);
    HYPRE_BoomerAMGSetTol(amg, 0);
    HYPRE_BoomerAMGSetPrintLevel(amg, 0);
    return amg;
}

static double residual(const System *s) {
    double rest, whole;
    HYPRE_ParVectorCopy(par(s->right), par(s->rest));
    HYPRE_ParCSRMatrixMatvec(-1, parMatrix(s), par(s->unknowns), 1, par(s->rest));
    HYPRE_ParVectorInnerProd(par(s->rest), par(s->rest), &rest);
    HYPRE_ParVectorInnerProd(par(s->right), par(s->right), &whole);
    return sqrt(rest / whole);
}

static double together(void) {
    MPI_Barrier(MPI_COMM_WORLD);
    return MPI_Wtime();
}

static void solve(const System *s, int aggressive, int rank) {
    HYPRE_Solver cg, amg = boomer(aggressive);
    HYPRE_ParCSRPCGCreate(MPI_COMM_WORLD, &cg);
    HYPRE_PCGSetMaxIter(cg, 500);
    HYPRE_PCGSetTol(cg, 1e-8);
    HYPRE_PCGSetTwoNorm(cg, 1);
    HYPRE_PCGSetPrintLevel(cg, 0);
    HYPRE_PCGSetPrecond(cg, (HYPRE_PtrToSolverFcn)HYPRE_BoomerAMGSolve, (HYPRE_PtrToSolverFcn)HYPRE_BoomerAMGSetup, amg);
    HYPRE_ParVectorSetConstantValues(par(s->unknowns), 0);
    double begun = together();
    HYPRE_ParCSRPCGSetup(cg, parMatrix(s), par(s->right), par(s->unknowns));
    double ready = together();
    HYPRE_ParCSRPCGSolve(cg, parMatrix(s), par(s->right), par(s->unknowns));
    double done = together();
    HYPRE_Int iterations;
    HYPRE_PCGGetNumIterations(cg, &iterations);
    double rest = residual(s);
    HYPRE_ParCSRPCGDestroy(cg);
    HYPRE_BoomerAMGDestroy(amg);
    if (rank == 0) {
        printf("{\"setup\":%.6f,\"solve\":%.6f,\"iterations\":%d,\"residual\":%.6e}\n", ready - begun, done - ready,
               (int)iterations, rest);
        fflush(stdout);
    }
}

/* Whether another line came. The other ranks sleep until then: MPI would have them spin, and slow down whoever else
 * is being timed. */
static int ordered(int rank) {
    int more = 0, done = 0;
    if (rank == 0) {
        char line[64];
        more = fgets(line, sizeof line, stdin) != NULL;
    }
    MPI_Request request;
    MPI_Ibcast(&more, 1, MPI_INT, 0, MPI_COMM_WORLD, &request);
    for (MPI_Test(&request, &done, MPI_STATUS_IGNORE); !done; MPI_Test(&request, &done, MPI_STATUS_IGNORE)) {
        usleep(2000);
    }
    return more;
}

int main(int count, char **arguments) {
    MPI_Init(&count, &arguments);
    if (count != 3) {
        fprintf(stderr, "usage: hypre N AGGRESSIVE\n");
        MPI_Abort(MPI_COMM_WORLD, 2);
    }
    HYPRE_Init();
    int rank, ranks;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    System system = laplacian(atol(arguments[1]), rank, ranks);
    int aggressive = atoi(arguments[2]);
    while (ordered(rank)) {
        solve(&system, aggressive, rank);
    }
    HYPRE_Finalize();
    MPI_Finalize();
    return 0;
}
