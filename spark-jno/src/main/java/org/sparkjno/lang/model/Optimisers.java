// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import org.sparkjno.optim.Adam;
import org.sparkjno.optim.Schedule;

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

    /** Half a cosine from a learning rate down to zero. */
    public static Schedule cosine(double peak, long steps) {
        return new Schedule.Cosine(peak, 0, steps);
    }
}
