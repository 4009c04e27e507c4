// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.datasets.generate;

import java.io.Serializable;
import java.util.List;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;

/**
 * A family of PDE problems from which samples are drawn. A small value: two equal problems make equal samples, and its
 * {@code toString} states every option.
 */
public interface Problem extends Serializable {
    /** The name in the registry, for example {@code "darcy"}. */
    String name();

    /** The grid of every sample. */
    RegularGrid grid();

    /** The names of the fields of every sample, inputs of the solution operator first, its output last. */
    List<String> fieldNames();

    /** A generator with everything prepared that samples share. */
    Generator generator();

    /** Makes samples; used by one thread at a time. */
    @FunctionalInterface
    interface Generator {
        /** The sample of a seed: the same bits on every machine, whatever was made before. */
        PdeSample sample(long seed);
    }
}
