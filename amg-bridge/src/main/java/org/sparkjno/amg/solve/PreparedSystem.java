// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.cycle.Precision;
import org.sparkjno.amg.hierarchy.FineLevel;
import org.sparkjno.amg.hierarchy.Hierarchy;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.LinearMap;
import org.sparkjno.amg.krylov.LocalSpace;
import org.sparkjno.amg.krylov.Preconditioner;
import org.sparkjno.amg.krylov.SolveReport;
import org.sparkjno.amg.matrix.CsrMatrix;
import org.sparkjno.amg.nullspace.NullSpaces;
import org.sparkjno.amg.parallel.Team;

/**
 * A matrix that has been looked at and set up. Immutable to its callers: any number of threads may solve at once; ways that
 * are fallen back on are set up when first needed.
 */
public final class PreparedSystem implements SparseSolver.Prepared {
    /** Entries from which cycles in single precision save more than it costs to set them up. */
    private static final int LARGE = 100_000;

    /** Squares of smaller numbers lose their digits. */
    private static final double LEAST = 1e-140;

    private final Solver.Settings settings;
    private final MatrixTraits traits;
    private final Choice choice;
    /** The matrix, or its negative where that is the one with a positive diagonal. */
    private final CsrMatrix matrix;

    private final int blockSize;
    private final NullSpaces nullSpaces;
    private final Optional<Preconditioning.Setup>[] setups;
    /** Found when first asked for. */
    private CsrMatrix transposed;

    private PreparedSystem(
            Solver.Settings settings,
            MatrixTraits traits,
            Choice choice,
            CsrMatrix matrix,
            int blockSize,
            List<Preconditioning.Setup> known) {
        this.settings = settings;
        this.traits = traits;
        this.choice = choice;
        this.matrix = matrix;
        this.blockSize = blockSize;
        this.setups = newSetups(choice.strategies().size());
        if (!known.isEmpty()) {
            setups[0] = Optional.of(known.get(0));
        }
        Preconditioner first =
                setup(0).map(Preconditioning.Setup::preconditioner).orElse(Preconditioner.identity());
        this.nullSpaces = settings.nullSpaces().orElseGet(() -> NullSpaces.detect(matrix, traits.isSymmetric(), first));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<Preconditioning.Setup>[] newSetups(int count) {
        return new Optional[count];
    }

    static PreparedSystem of(CsrMatrix matrix, Solver.Settings settings) {
        MatrixTraits traits = MatrixTraits.of(matrix);
        requireSymmetry(matrix, traits, settings);
        int blockSize = settings.blockSize() > 0 ? settings.blockSize() : traits.blockSize();
        Choice choice = chosen(matrix, traits, blockSize, settings);
        return new PreparedSystem(settings, traits, choice, turned(matrix, traits), blockSize, List.of());
    }

    /** A system whose levels came from elsewhere. */
    static PreparedSystem of(Hierarchy hierarchy, Solver.Settings settings) {
        CsrMatrix matrix = hierarchy.levels().get(0).matrix();
        int blockSize = hierarchy.levels().get(0).blockSize();
        MatrixTraits traits = MatrixTraits.of(matrix);
        requireSymmetry(matrix, traits, settings);
        Choice choice = chosen(matrix, traits, blockSize, settings).startingWith(Preconditioning.Algebraic.class);
        Preconditioning.Algebraic first =
                (Preconditioning.Algebraic) choice.strategies().get(0).preconditioning();
        return new PreparedSystem(
                settings,
                traits,
                choice,
                turned(matrix, traits),
                blockSize,
                List.of(first.setup(hierarchy, settings.team())));
    }

    /** What a set-up is made of; constants are made anew, since they need as much memory as a vector. */
    private FineLevel level(CsrMatrix of) {
        NearNullSpace near = settings.nearNullSpace().orElseGet(() -> NearNullSpace.constants(of.rows(), blockSize));
        return new FineLevel(of, blockSize, near, 0, settings.team());
    }

    private static CsrMatrix turned(CsrMatrix matrix, MatrixTraits traits) {
        return isNegative(traits) ? negative(matrix) : matrix;
    }

    private static boolean isNegative(MatrixTraits traits) {
        return traits.isSymmetric() && traits.diagonal() == MatrixTraits.Diagonal.NEGATIVE;
    }

    private static CsrMatrix negative(CsrMatrix matrix) {
        return CsrMatrix.of(
                matrix.pattern(), Arrays.stream(matrix.values()).map(v -> -v).toArray());
    }

    private static void requireSymmetry(CsrMatrix matrix, MatrixTraits traits, Solver.Settings settings) {
        if (settings.symmetric().orElse(false) && !traits.isSymmetric()) {
            throw new IllegalArgumentException("The " + matrix
                    + " was declared symmetric, but it is not; correct the assembly or the declaration.");
        }
        if (!traits.isSymmetric()
                && settings.method().isPresent()
                && settings.method().get().requirements().symmetry()) {
            throw new IllegalArgumentException(settings.method().get() + " needs a symmetric matrix, but the " + matrix
                    + " is not; take GMRES or BiCGStab.");
        }
    }

    private static Choice chosen(CsrMatrix matrix, MatrixTraits traits, int blockSize, Solver.Settings settings) {
        Choice auto = Choice.of(traits, blockSize);
        if (settings.method().isPresent()) {
            auto = auto.with(settings.method().get());
        }
        if (settings.preconditioning().isPresent()) {
            Strategy set = new Strategy(
                    auto.strategies().get(0).method(),
                    settings.preconditioning().get());
            auto = new Choice(List.of(set), "as set");
        }
        Precision usual = matrix.entries() < LARGE ? Precision.DOUBLE : Precision.MIXED;
        return auto.with(settings.precision().orElse(usual));
    }

    /**
     * The same for a matrix of the same pattern with other values.
     *
     * @param reuse what is kept of this set-up
     * @throws IllegalArgumentException if the pattern is another one
     */
    public PreparedSystem withMatrix(CsrMatrix other, Reuse reuse) {
        if (!other.pattern().equals(matrix.pattern())) {
            throw new IllegalArgumentException("The set-up belongs to a " + matrix.pattern()
                    + ", but the new matrix has a different " + other.pattern() + "; prepare it anew.");
        }
        if (reuse == Reuse.REBUILD || !traits.hold(other)) {
            return of(other, settings);
        }
        CsrMatrix turned = turned(other, traits);
        Preconditioning first = choice.strategies().get(0).preconditioning();
        List<Preconditioning.Setup> kept = setup(0).stream()
                .flatMap(setup ->
                        reuse == Reuse.KEEP ? Optional.of(setup).stream() : first.renew(setup, level(turned)).stream())
                .toList();
        return new PreparedSystem(settings, traits, choice, turned, blockSize, kept);
    }

    @Override
    public Optional<SparseSolver.Prepared> renewed(CsrMatrix matrix, Reuse reuse) {
        return Optional.of(withMatrix(matrix, reuse));
    }

    /** Memory of the preconditioners that were made so far. */
    @Override
    public synchronized long bytes() {
        return Arrays.stream(setups)
                        .filter(Objects::nonNull)
                        .flatMap(Optional::stream)
                        .mapToLong(setup -> setup.preconditioner().bytes())
                        .sum()
                + (transposed == null ? 0 : transposed.bytes());
    }

    private synchronized Optional<Preconditioning.Setup> setup(int strategy) {
        if (setups[strategy] == null) {
            setups[strategy] = newSetup(choice.strategies().get(strategy));
        }
        return setups[strategy];
    }

    /** What a way that was set refuses is thrown; where there is a choice, another way is taken. */
    private Optional<Preconditioning.Setup> newSetup(Strategy strategy) {
        try {
            return strategy.preconditioning().of(level(matrix));
        } catch (IllegalArgumentException | ArithmeticException e) {
            if (choice.strategies().size() == 1) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private synchronized CsrMatrix matrix(boolean turned) {
        if (!turned || traits.isSymmetric()) {
            return matrix;
        }
        if (transposed == null) {
            transposed = matrix.transpose();
        }
        return transposed;
    }

    /**
     * How solves ended, and which way was taken in the end.
     *
     * @param reports one per right-hand side
     * @param strategy the first way that reached the tolerance for all of them, or the last that was tried
     */
    public record Answer(List<SolveReport> reports, Strategy strategy) {}

    @Override
    public List<SolveReport> solve(double[] b, double[] x, int width, boolean turned) {
        return answer(b, x, width, turned).reports();
    }

    /** The same as {@link #solve}, and tells by which way. */
    public Answer answer(double[] b, double[] x, int width, boolean turned) {
        requireWeight(b, width);
        double[] right = isNegative(traits) ? Arrays.stream(b).map(v -> -v).toArray() : b;
        NullSpaces spaces = turned ? nullSpaces.transposed() : nullSpaces;
        List<FallBack.Way> ways = new ArrayList<>();
        for (int s = 0; s < choice.strategies().size(); s++) {
            int way = s;
            Strategy strategy = choice.strategies().get(s);
            ways.add(new FallBack.Way(
                    strategy.toString(),
                    strategy.method(),
                    () -> setup(way)
                            .map(Preconditioning.Setup::preconditioner)
                            .map(inverse -> turned && !traits.isSymmetric() ? inverse.transposed() : inverse)));
        }
        LinearMap map = LinearMap.of(matrix(turned), settings.team());
        LocalSpace space = new LocalSpace(matrix.rows(), width, settings.team());
        FallBack.Answer answer = new FallBack(ways, settings.criterion(), spaces).solve(map, space, right, x);
        return new Answer(answer.reports(), choice.strategies().get(answer.way()));
    }

    /** Squares of tiny numbers vanish: a right-hand side that is not zero would be taken for zero. */
    private static void requireWeight(double[] b, int width) {
        double[] largest = new double[width];
        for (int k = 0; k < b.length; k++) {
            largest[k % width] = Math.max(largest[k % width], Math.abs(b[k]));
        }
        for (int j = 0; j < width; j++) {
            if (largest[j] > 0 && largest[j] < LEAST) {
                throw new IllegalArgumentException("The largest value of right-hand side " + j + " is " + largest[j]
                        + ", whose square is beyond double precision; scale the system.");
            }
        }
    }

    /**
     * The preconditioner of the first way, an approximate inverse of the matrix.
     *
     * @throws IllegalArgumentException if the matrix is beyond it
     */
    public Preconditioner preconditioner() {
        Preconditioner inverse = setup(0).orElseThrow(() -> new IllegalArgumentException(
                        "The " + matrix + " is beyond " + choice.strategies().get(0) + "; set another preconditioner."))
                .preconditioner();
        return isNegative(traits) ? new Negated(inverse) : inverse;
    }

    /** The inverse of a matrix by that of its negative. */
    private record Negated(Preconditioner inverse) implements Preconditioner {
        @Override
        public Application begin(int width) {
            Application application = inverse.begin(width);
            return (r, z) -> {
                application.apply(r, z);
                Arrays.setAll(z, i -> -z[i]);
            };
        }

        @Override
        public Preconditioner transposed() {
            return new Negated(inverse.transposed());
        }

        @Override
        public long bytes() {
            return inverse.bytes();
        }
    }

    /** The first way, and why it was chosen: one line. */
    public String reason() {
        return choice.strategies().get(0) + ": " + choice.reason();
    }

    /** The ways in the order in which they are tried. */
    public List<Strategy> strategies() {
        return choice.strategies();
    }

    /** What was seen of the matrix. */
    public MatrixTraits traits() {
        return traits;
    }

    /** The levels of the first way, if it is a multigrid method. */
    public Optional<Hierarchy> hierarchy() {
        return setup(0).flatMap(Preconditioning.Setup::hierarchy);
    }

    Team team() {
        return settings.team();
    }
}
