// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.lang.domain;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.sparkjno.datasets.sample.Field;
import org.sparkjno.datasets.sample.PdeSample;
import org.sparkjno.datasets.sample.RegularGrid;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.expression.ExpressionException;

/** Samples of a partial differential equation as the instances of a problem: their grid, their fields and their numbers. */
public final class Recorded implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Domain domain;
    private final List<PdeSample> samples;

    private Recorded(Domain domain, List<PdeSample> samples) {
        this.domain = domain;
        this.samples = List.copyOf(samples);
    }

    /**
     * Samples on one grid.
     *
     * @throws ExpressionException when there are none, or their grids differ
     */
    public static Recorded of(List<PdeSample> samples) {
        if (samples.isEmpty()) {
            throw new ExpressionException("There are no samples to make a problem of.");
        }
        RegularGrid grid = (RegularGrid) samples.get(0).grid();
        for (PdeSample sample : samples) {
            if (!sample.grid().equals(grid)) {
                throw new ExpressionException("Sample " + sample.seed() + " lies on another grid than sample "
                        + samples.get(0).seed() + "; bring all to one by Field.subsample.");
            }
        }
        return new Recorded(Domain.of(grid).samples(samples.size()), samples);
    }

    /** The grid, with as many samples as there are. */
    public Domain domain() {
        return domain;
    }

    /** A field of each sample. */
    public Expression field(String name) {
        double[] values = samples.stream()
                .map(sample -> sample.field(name))
                .map(Field::data)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return domain.field(name, values);
    }

    /** A number of each sample. */
    public Expression parameter(String name) {
        double[] values = new double[samples.size()];
        for (int i = 0; i < values.length; i++) {
            PdeSample sample = samples.get(i);
            Double value = sample.parameters().get(name);
            if (value == null) {
                throw new ExpressionException("Sample " + sample.seed() + " has no parameter '" + name + "'; it has "
                        + sample.parameters().keySet() + ".");
            }
            values[i] = value;
        }
        return domain.parameter(name, values);
    }
}
