// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.Histogram;
import org.sparkjno.lang.problem.Field;

/** How often the values of a field, such as a residual, lie where. */
public final class HistogramPicture {
    private final CategoryChart chart;
    private final Histogram histogram;

    /**
     * The histogram of all values of a field.
     *
     * @param bins of equal width, from the smallest to the largest value
     */
    public HistogramPicture(Field field, int bins) {
        List<Double> values = Arrays.stream(field.values()).boxed().collect(Collectors.toList());
        histogram = new Histogram(values, bins);
        chart = new CategoryChartBuilder()
                .width(700)
                .height(450)
                .title(field.name())
                .xAxisTitle("value")
                .yAxisTitle("count")
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAvailableSpaceFill(0.98);
        chart.getStyler().setXAxisDecimalPattern("0.##E0");
        chart.getStyler().setXAxisMaxLabelCount(8);
        chart.addSeries(field.name(), histogram.getxAxisData(), histogram.getyAxisData());
    }

    /** How many values lie in each bin. */
    double[] counts() {
        return histogram.getyAxisData().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Draws the picture. */
    public BufferedImage draw() {
        return BitmapEncoder.getBufferedImage(chart);
    }

    /** Writes the picture as PNG, whole or not at all. */
    public void write(Path file) {
        PngFile.write(draw(), file);
    }
}
