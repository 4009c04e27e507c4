// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.sample;

/** What a sample serves for. */
public enum Split {
    /** To fit weights, and to take normalisation statistics from. */
    TRAIN,
    /** To judge the result, never seen in training. */
    TEST
}
