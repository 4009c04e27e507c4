// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import org.sparkjno.nn.ParameterLayout;

/**
 * SOAP: N. Vyas et al., "SOAP: improving and stabilizing Shampoo using Adam", arXiv:2409.11321, algorithm 3: Adam in
 * the eigenbases of decaying means of G·Gᵀ and Gᵀ·G, of each matrix G of gradients. Parameters of one axis are stepped
 * as by Adam; those of more than two count as matrices whose columns are their last axis.
 *
 * <p>The bases follow by orthogonal iteration, Q ← orthonormalise(S·Q), as in the paper's algorithm 4, but from the
 * identity on and with the work spread over the steps between two refreshes: each step orthonormalises its share of the
 * columns, and the new basis takes effect when all are done. So all steps are one program and cost the same.
 *
 * @param beta1 decay of the mean gradient
 * @param beta2 decay of the mean square, and of the means of G·Gᵀ and Gᵀ·G
 * @param epsilon added to the root of the mean square
 * @param decay decoupled weight decay, per unit of learning rate
 * @param refresh steps from one basis to the next
 * @param largest sides of a matrix that are longer keep the basis of the parameters
 */
public record Soap(double beta1, double beta2, double epsilon, double decay, int refresh, int largest)
        implements Optimiser {
    public Soap {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException("SOAP needs 0 ≤ beta < 1, epsilon > 0 and decay ≥ 0, but got beta1 "
                    + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ", decay " + decay + ".");
        }
        if (refresh < 1 || largest < 1) {
            throw new IllegalArgumentException("SOAP refreshes its bases every 1 or more steps, for sides of 1 or more,"
                    + " but got refresh " + refresh + ", largest " + largest + ".");
        }
    }

    /** SOAP with the paper's 0.95, 0.95, 1e-8 and ten steps between two bases; sides of up to 1024. */
    public static Soap of() {
        return new Soap(0.95, 0.95, 1e-8, 0, 10, 1024);
    }

    @Override
    public UpdateRule over(ParameterLayout layout) {
        return new SoapRule(this, layout);
    }
}
