// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves over epochs with a logarithmic vertical axis. */
public final class LossPicture {
    private final XYChart chart;
    private boolean empty = true;

    /** An empty picture with a title. */
    public LossPicture(String title) {
        chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle("relative L2")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
    }

    /** Adds a curve of positive numbers, one per epoch from 1; a curve without numbers is left out. */
    public LossPicture curve(String name, List<Double> values) {
        List<Double> epochs =
                IntStream.rangeClosed(1, values.size()).asDoubleStream().boxed().toList();
        if (!values.isEmpty()) {
            chart.addSeries(name, epochs, values).setMarker(SeriesMarkers.NONE);
            empty = false;
        }
        return this;
    }

    /** Writes the picture as PNG, whole or not at all; nothing when it has no curves. */
    public void write(Path file) {
        if (empty) {
            return;
        }
        PngFile.write(BitmapEncoder.getBufferedImage(chart), file);
    }
}
