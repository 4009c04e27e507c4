// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Objects;
import java.util.Optional;
import org.sparkjno.amg.hierarchy.NearNullSpace;
import org.sparkjno.amg.krylov.KrylovMethod;
import org.sparkjno.amg.krylov.OnFailure;
import org.sparkjno.amg.krylov.StoppingCriterion;
import org.sparkjno.amg.nullspace.NullSpaces;

/**
 * What can be set of solves whose rows are divided over ranks; the same on every rank, but for vectors, of which each has its
 * components. What is not set is chosen.
 *
 * @param criterion when to stop; the limit of iterations holds for each way that is tried
 * @param onFailure what to do when no way reaches the tolerance
 * @param method the Krylov method of all ways, if not chosen
 * @param blockSize unknowns per node, which follow each other on one rank; 0 to look for blocks
 * @param nearNullSpace what coarse levels must represent, if not constants
 * @param nullSpaces of singular matrices, if not looked for: see {@link DistributedNullSpaces}
 */
public record DistributedSettings(
        StoppingCriterion criterion,
        OnFailure onFailure,
        Optional<KrylovMethod> method,
        int blockSize,
        Optional<NearNullSpace> nearNullSpace,
        Optional<NullSpaces> nullSpaces) {
    private static final double TOLERANCE = 1e-8;
    /** A good way needs far fewer; a way that needs more gives way to the next. */
    private static final int ITERATIONS = 300;

    public DistributedSettings {
        Objects.requireNonNull(criterion, "criterion");
        Objects.requireNonNull(onFailure, "onFailure");
        if (blockSize < 0) {
            throw new IllegalArgumentException("A node has at least one unknown, but " + blockSize + " are set.");
        }
    }

    /** All is chosen, to a true relative residual of 1e-8, throwing if that is not reached. */
    public static DistributedSettings auto() {
        return new DistributedSettings(
                StoppingCriterion.relative(TOLERANCE).atMost(ITERATIONS),
                OnFailure.THROW,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    /** The same to another true relative residual ‖b − Ax‖₂ / ‖b‖₂. */
    public DistributedSettings tolerance(double relative) {
        return with(new StoppingCriterion(relative, criterion.absolute(), criterion.iterationLimit()));
    }

    /** The same with another stopping criterion. */
    public DistributedSettings with(StoppingCriterion other) {
        return new DistributedSettings(other, onFailure, method, blockSize, nearNullSpace, nullSpaces);
    }

    /** The same with another policy. */
    public DistributedSettings onFailure(OnFailure policy) {
        return new DistributedSettings(criterion, policy, method, blockSize, nearNullSpace, nullSpaces);
    }

    /** The same with a Krylov method of choice. */
    public DistributedSettings method(KrylovMethod choice) {
        return new DistributedSettings(criterion, onFailure, Optional.of(choice), blockSize, nearNullSpace, nullSpaces);
    }

    /** The same for nodes of several unknowns, which follow each other. */
    public DistributedSettings blockSize(int unknowns) {
        return new DistributedSettings(criterion, onFailure, method, unknowns, nearNullSpace, nullSpaces);
    }

    /** The same with this rank's components of vectors that coarse levels must represent. */
    public DistributedSettings nearNullSpace(NearNullSpace vectors) {
        return new DistributedSettings(criterion, onFailure, method, blockSize, Optional.of(vectors), nullSpaces);
    }

    /** The same for singular matrices of known null spaces. */
    public DistributedSettings nullSpaces(NullSpaces spaces) {
        return new DistributedSettings(criterion, onFailure, method, blockSize, nearNullSpace, Optional.of(spaces));
    }
}
