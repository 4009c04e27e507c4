// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import org.sparkjno.optim.Adam;
import org.sparkjno.optim.AdaptiveRate;
import org.sparkjno.optim.Lion;
import org.sparkjno.optim.Schedule;
import org.sparkjno.optim.Sgd;
import org.sparkjno.optim.Soap;
import org.sparkjno.optim.descent.Lbfgs;
import org.sparkjno.optim.descent.SelfScaledBroyden;
import org.sparkjno.optim.descent.SelfScaling;

/** Ways to move parameters, with their usual settings. */
public final class Optimisers {
    private Optimisers() {}

    /** Adam at one learning rate. */
    public static Treatment.Trained adam(double rate) {
        return adam(new Schedule.Constant(rate));
    }

    /** Adam at a learning rate that changes. */
    public static Treatment.Trained adam(Schedule schedule) {
        return new Treatment.Trained(Adam.withL2(0), schedule);
    }

    /** Adam at a learning rate that follows the losses. */
    public static Treatment.Adapting adam(AdaptiveRate rate) {
        return new Treatment.Adapting(Adam.withL2(0), rate);
    }

    /** Adam with decoupled weight decay. */
    public static Treatment.Trained adamW(double decay, Schedule schedule) {
        return new Treatment.Trained(Adam.decoupled(decay), schedule);
    }

    /** Gradient descent with momentum. */
    public static Treatment.Trained sgd(double momentum, Schedule schedule) {
        return new Treatment.Trained(Sgd.withMomentum(momentum), schedule);
    }

    /** Lion, the sign of a mean gradient. */
    public static Treatment.Trained lion(Schedule schedule) {
        return new Treatment.Trained(Lion.of(), schedule);
    }

    /** SOAP, Adam in the eigenbasis of the gradients' second moments. */
    public static Treatment.Trained soap(Schedule schedule) {
        return new Treatment.Trained(Soap.of(), schedule);
    }

    /** L-BFGS with fifty steps of memory, in double precision best. */
    public static Treatment.Descending lbfgs() {
        return new Treatment.Descending(Lbfgs.of());
    }

    /**
     * Self-scaled L-BFGS, the method of the family for physics-informed networks that are too large for {@link
     * #selfScaledBroyden}; in double precision.
     *
     * @param memory steps that are remembered, some hundreds
     * @param scaling what each update does to what was known before; BFGS keeps two vectors for each step, BROYDEN three
     */
    public static Treatment.Descending lbfgs(int memory, SelfScaling scaling) {
        return new Treatment.Descending(Lbfgs.of().history(memory).scaled(scaling));
    }

    /** The self-scaled Broyden method, with a dense matrix as large as the square of the parameters. */
    public static Treatment.Descending selfScaledBroyden() {
        return new Treatment.Descending(SelfScaledBroyden.of());
    }

    /** Half a cosine from a learning rate down to zero. */
    public static Schedule cosine(double peak, long steps) {
        return new Schedule.Cosine(peak, 0, steps);
    }
}
