// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.amg.distributed;

import java.util.Optional;
import org.sparkjno.amg.krylov.Preconditioner;

/**
 * A preconditioner that one rank has and applies for all, which apply it together.
 *
 * @param gathering the way there and back
 * @param inverse on the rank that gathers
 */
record GatheredInverse(Gathering gathering, Optional<Preconditioner> inverse) implements Preconditioner {
    @Override
    public Application begin(int width) {
        Optional<Application> application = inverse.map(here -> here.begin(width));
        return (r, z) -> {
            double[] whole = gathering.vectors(r, width);
            double[] answer = new double[whole.length];
            application.ifPresent(here -> here.apply(whole, answer));
            gathering.scatter(answer, z, width);
        };
    }

    @Override
    public GatheredInverse transposed() {
        return new GatheredInverse(gathering, inverse.map(Preconditioner::transposed));
    }
}
