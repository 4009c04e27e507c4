// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.sparkjno.lang.problem.Field;

/**
 * A map of a field over two coordinates in colours, linear in each triangle of its mesh, grid or points, with a bar that tells
 * what they mean.
 */
public final class FieldMap {
    private static final int SIDE = 420;
    private static final int LEAST = 120;
    private static final int LEFT = 56;
    private static final int TOP = 34;
    private static final int BOTTOM = 40;
    private static final int BAR = 16;
    private static final int LABELS = 84;
    private static final int TICKS = 4;
    private static final double EDGE = -1e-9;

    private final String title;
    private final Surface surface;
    private final double min;
    private final double max;
    private final int width;
    private final int height;

    private FieldMap(String title, Surface surface, double min, double max) {
        this.title = title;
        this.surface = surface;
        this.min = min;
        this.max = max;
        double across = extent(surface.x());
        double up = extent(surface.y());
        this.width = Math.max(LEAST, (int) Math.round(SIDE * Math.min(1, across / up)));
        this.height = Math.max(LEAST, (int) Math.round(SIDE * Math.min(1, up / across)));
    }

    /**
     * The map of a field of scalars, with colours from its smallest to its largest value.
     *
     * @throws IllegalArgumentException when the field has several samples or components, or not two coordinates
     */
    public static FieldMap of(Field field) {
        return new FieldMap(field.name(), Surface.of(field), field.min(), field.max());
    }

    /** The same under another title. */
    public FieldMap titled(String other) {
        return new FieldMap(other, surface, min, max);
    }

    /** The same with colours between these numbers, so that several maps can be compared. */
    public FieldMap range(double low, double high) {
        return new FieldMap(title, surface, low, high);
    }

    /** Draws the map. */
    public BufferedImage draw() {
        BufferedImage image =
                new BufferedImage(LEFT + width + BAR + LABELS, TOP + height + BOTTOM, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int first = 0; first < surface.triangles().length; first += 3) {
            fill(image, first);
        }
        frame(g);
        g.dispose();
        return image;
    }

    /** Writes the map as PNG, whole or not at all. */
    public void write(Path file) {
        PngFile.write(draw(), file);
    }

    /** The pixel at which a point lies. */
    int[] pixel(double x, double y) {
        return new int[] {LEFT + (int) Math.round(column(x)), TOP + (int) Math.round(row(y))};
    }

    /** The colour of a value. */
    Color colour(double value) {
        return ColourMap.VALUES.at(max > min ? (value - min) / (max - min) : 0.5);
    }

    private double column(double x) {
        return (x - least(surface.x())) / extent(surface.x()) * (width - 1);
    }

    private double row(double y) {
        return (height - 1) * (1 - (y - least(surface.y())) / extent(surface.y()));
    }

    private static double least(double[] numbers) {
        return Arrays.stream(numbers).min().orElse(0);
    }

    private static double extent(double[] numbers) {
        return Arrays.stream(numbers).max().orElse(1) - least(numbers);
    }

    /** Colours the pixels in a triangle by barycentric coordinates. */
    private void fill(BufferedImage image, int first) {
        double[] px = new double[3];
        double[] py = new double[3];
        double[] values = new double[3];
        for (int k = 0; k < 3; k++) {
            int corner = surface.triangles()[first + k];
            px[k] = column(surface.x()[corner]);
            py[k] = row(surface.y()[corner]);
            values[k] = surface.values()[corner];
        }
        double area = (px[1] - px[0]) * (py[2] - py[0]) - (px[2] - px[0]) * (py[1] - py[0]);
        if (area == 0) {
            return;
        }
        int right = (int) Math.floor(Arrays.stream(px).max().orElse(0));
        int low = (int) Math.floor(Arrays.stream(py).max().orElse(0));
        for (int y = (int) Math.ceil(least(py)); y <= low; y++) {
            for (int x = (int) Math.ceil(least(px)); x <= right; x++) {
                double a = ((px[1] - x) * (py[2] - y) - (px[2] - x) * (py[1] - y)) / area;
                double b = ((px[2] - x) * (py[0] - y) - (px[0] - x) * (py[2] - y)) / area;
                double c = 1 - a - b;
                if (a >= EDGE && b >= EDGE && c >= EDGE) {
                    double value = a * values[0] + b * values[1] + c * values[2];
                    image.setRGB(LEFT + x, TOP + y, colour(value).getRGB());
                }
            }
        }
    }

    private void frame(Graphics2D g) {
        g.setColor(Color.BLACK);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        g.drawString(title, LEFT, TOP - 14);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        g.drawRect(LEFT - 1, TOP - 1, width + 1, height + 1);
        for (int row = 0; row < height; row++) {
            g.setColor(ColourMap.VALUES.at((height - 1 - row) / (height - 1.0)));
            g.fillRect(LEFT + width + 10, TOP + row, BAR, 1);
        }
        g.setColor(Color.BLACK);
        for (int tick = 0; tick <= TICKS; tick++) {
            double part = (double) tick / TICKS;
            int row = TOP + (int) Math.round((height - 1) * (1 - part));
            g.drawString(number(min + part * (max - min)), LEFT + width + BAR + 14, row + 4);
        }
        ends(g);
    }

    private void ends(Graphics2D g) {
        double x = least(surface.x());
        double y = least(surface.y());
        g.drawString(number(x), LEFT, TOP + height + 16);
        String last = number(x + extent(surface.x()));
        g.drawString(last, LEFT + width - g.getFontMetrics().stringWidth(last), TOP + height + 16);
        g.drawString(surface.horizontal(), LEFT + width / 2, TOP + height + 30);
        g.drawString(number(y), 6, TOP + height);
        g.drawString(number(y + extent(surface.y())), 6, TOP + 12);
        g.drawString(surface.vertical(), 6, TOP + height / 2);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
