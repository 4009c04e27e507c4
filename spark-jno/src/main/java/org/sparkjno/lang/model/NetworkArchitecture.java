// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.model;

import java.util.List;
import org.sparkjno.lang.expression.Architecture;
import org.sparkjno.nn.Parameter;

/** An architecture whose numbers are those of a network. */
interface NetworkArchitecture extends Architecture {
    /** The network. */
    org.sparkjno.nn.Model network();

    @Override
    default List<Parameter> parameters() {
        return network().parameters();
    }

    @Override
    default List<Parameter> buffers() {
        return network().buffers();
    }
}
