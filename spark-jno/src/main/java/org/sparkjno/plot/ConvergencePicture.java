// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Relative residuals of linear solves over iterations, with a logarithmic vertical axis. */
public final class ConvergencePicture {
    private final XYChart chart;
    private boolean empty = true;

    /** An empty picture with a title. */
    public ConvergencePicture(String title) {
        chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title(title)
                .xAxisTitle("iteration")
                .yAxisTitle("relative residual")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
    }

    /**
     * Adds the residuals of a solve at equal distances; those that are zero have no place on a logarithmic axis.
     *
     * @param iterations of the last residual; the first is that of iteration 0
     */
    public ConvergencePicture curve(String name, double[] residuals, int iterations) {
        List<Double> at = new ArrayList<>();
        List<Double> positive = new ArrayList<>();
        for (int k = 0; k < residuals.length; k++) {
            if (residuals[k] > 0 && Double.isFinite(residuals[k])) {
                at.add((double) k * iterations / Math.max(1, residuals.length - 1));
                positive.add(residuals[k]);
            }
        }
        if (!at.isEmpty()) {
            chart.addSeries(name, at, positive).setMarker(SeriesMarkers.CIRCLE);
            empty = false;
        }
        return this;
    }

    /** Writes the picture as PNG, whole or not at all; nothing when it has no curves. */
    public void write(Path file) {
        if (!empty) {
            PngFile.write(BitmapEncoder.getBufferedImage(chart), file);
        }
    }
}
