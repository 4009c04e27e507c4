// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

import java.io.Serializable;

/** Where the values of a field live. A closed set: every consumer says what it does with each kind. */
public sealed interface Grid extends Serializable permits RegularGrid {
    /** Number of points. */
    int points();
}
