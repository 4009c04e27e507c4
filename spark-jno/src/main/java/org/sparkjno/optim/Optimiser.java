// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.optim;

import java.io.Serializable;
import org.sparkjno.nn.ParameterLayout;

/**
 * A way to improve parameters by gradients, one compiled step at a time. A plain value without numbers of its own: what
 * it remembers lives beside the parameters, as {@link UpdateRule#state} describes.
 *
 * @see org.sparkjno.optim.descent.LineSearchMethod for methods that choose the length of each step by evaluating the
 * loss again
 */
public interface Optimiser extends Serializable {
    /** The rule for parameters that lie so in their vector. */
    UpdateRule over(ParameterLayout layout);
}
