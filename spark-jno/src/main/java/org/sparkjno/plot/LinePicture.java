// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sparkjno.lang.problem.Field;

/** Fields over one coordinate as curves, such as slices along a line. */
public final class LinePicture {
    private final XYChart chart;

    /** An empty picture with a title. */
    public LinePicture(String title) {
        chart = new XYChartBuilder().width(700).height(450).title(title).build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
    }

    /** With values on the vertical axis from a number to another, so that several pictures can be compared. */
    public LinePicture range(double low, double high) {
        chart.getStyler().setYAxisMin(low);
        chart.getStyler().setYAxisMax(high);
        return this;
    }

    /**
     * Adds a field of scalars whose points differ in one coordinate.
     *
     * @param name in the legend
     * @throws IllegalArgumentException when its points differ in none or several
     */
    public LinePicture curve(String name, Field field) {
        Sampled.requireScalars(field);
        List<String> varying = Sampled.varying(field);
        if (varying.size() != 1) {
            throw new IllegalArgumentException("A curve needs points that differ in one coordinate, but those of '"
                    + field.name() + "' differ in " + varying + "; take a slice of it.");
        }
        double[] at = field.coordinate(varying.get(0));
        int[] order = IntStream.range(0, at.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> at[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] x = IntStream.of(order).mapToDouble(i -> at[i]).toArray();
        double[] y = IntStream.of(order).mapToDouble(i -> field.values()[i]).toArray();
        chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
        chart.setXAxisTitle(varying.get(0));
        return this;
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
