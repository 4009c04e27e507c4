// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.bench.amg;

/**
 * What something costs in units of something else.
 *
 * @param name what
 * @param cost of it
 * @param unitCost of what it is compared with
 * @param unit of both
 * @param bar most ratio
 */
public record Ratio(String name, double cost, double unitCost, String unit, double bar) {
    public double value() {
        return cost / unitCost;
    }

    public boolean reached() {
        return value() <= bar;
    }
}
