// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sparkjno.lang.problem.History;

/** The losses of a run over its steps with a logarithmic vertical axis: their weighted sum, and each of them without weight. */
public final class HistoryPicture {
    private static final int MOST_POINTS = 2000;

    private final XYChart chart;
    private final List<String> curves = new ArrayList<>();

    /** The losses of a run. */
    public HistoryPicture(String title, History history) {
        chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title(title)
                .xAxisTitle("step")
                .yAxisTitle("loss")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        if (history.names().size() > 1) {
            curve("sum", history.total());
        }
        history.names().forEach(name -> curve(name, history.loss(name)));
    }

    /** Adds a curve; what is not positive has no place on a logarithmic axis. */
    private void curve(String name, double[] losses) {
        List<Integer> steps = new ArrayList<>();
        List<Double> positive = new ArrayList<>();
        int stride = Math.max(1, losses.length / MOST_POINTS);
        for (int step = 0; step < losses.length; step += stride) {
            if (losses[step] > 0 && Double.isFinite(losses[step])) {
                steps.add(step);
                positive.add(losses[step]);
            }
        }
        if (!steps.isEmpty()) {
            chart.addSeries(name, steps, positive).setMarker(SeriesMarkers.NONE);
            curves.add(name);
        }
    }

    /** The names of the curves. */
    List<String> curves() {
        return List.copyOf(curves);
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
