// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.problem;

import org.sparkjno.lang.expression.Source;
import org.sparkjno.lang.expression.Space;

/**
 * A number in place of a variable, of which a compiled evaluation knows only that there is one.
 *
 * @param variable for which it is put in
 * @param number tells different numbers apart that are put in for one variable
 */
record PutIn(Source variable, int number) implements Source {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return variable.name();
    }

    @Override
    public Space space() {
        return Space.SCALAR;
    }
}
