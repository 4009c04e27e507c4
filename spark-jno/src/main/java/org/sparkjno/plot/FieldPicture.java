// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Rows of field maps, each with its colour bar; fields on a line are drawn as curves. */
public final class FieldPicture {
    private static final int SIDE = 220;
    private static final int BAR = 14;
    private static final int GAP = 16;
    private static final int LABELS = 62;
    private static final int TITLE = 24;

    private final List<List<Panel>> rows;

    /**
     * A picture of panels.
     *
     * @param rows from top to bottom; all of one length
     */
    public FieldPicture(List<List<Panel>> rows) {
        if (rows.isEmpty()
                || rows.stream().anyMatch(row -> row.size() != rows.get(0).size() || row.isEmpty())) {
            throw new IllegalArgumentException("A picture needs rows of panels of one length.");
        }
        this.rows = rows.stream().map(List::copyOf).toList();
    }

    /** Draws the picture. */
    public BufferedImage draw() {
        int cellWidth = SIDE + BAR + LABELS + GAP;
        int cellHeight = SIDE + TITLE + GAP;
        BufferedImage image = new BufferedImage(
                rows.get(0).size() * cellWidth + GAP, rows.size() * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                draw(g, rows.get(row).get(column), GAP + column * cellWidth, GAP + row * cellHeight);
            }
        }
        g.dispose();
        return image;
    }

    /** Writes the picture as PNG, whole or not at all. */
    public void write(Path file) {
        PngFile.write(draw(), file);
    }

    private static void draw(Graphics2D g, Panel panel, int x, int y) {
        g.setColor(Color.BLACK);
        g.drawString(panel.title(), x, y + TITLE - 8);
        double min = panel.error() ? 0 : panel.min();
        double max = panel.max();
        if (panel.rows() == 1) {
            curve(g, panel, x, y + TITLE, panel.min(), max);
        } else {
            map(g, panel, x, y + TITLE, min, max);
        }
    }

    private static void map(Graphics2D g, Panel panel, int x, int y, double min, double max) {
        ColourMap colours = panel.error() ? ColourMap.ERRORS : ColourMap.VALUES;
        double span = max > min ? max - min : 1;
        for (int py = 0; py < SIDE; py++) {
            int row = (SIDE - 1 - py) * panel.rows() / SIDE;
            for (int px = 0; px < SIDE; px++) {
                float value = panel.values()[row * panel.columns() + px * panel.columns() / SIDE];
                g.setColor(colours.at((value - min) / span));
                g.fillRect(x + px, y + py, 1, 1);
            }
        }
        for (int py = 0; py < SIDE; py++) {
            g.setColor(colours.at((SIDE - 1 - py) / (SIDE - 1.0)));
            g.fillRect(x + SIDE + 6, y + py, BAR, 1);
        }
        g.setColor(Color.BLACK);
        for (int tick = 0; tick <= 4; tick++) {
            int at = y + SIDE - 1 - tick * (SIDE - 1) / 4;
            g.drawString(label(min + tick * span / 4), x + SIDE + BAR + 10, Math.max(y + 10, at + 4));
        }
    }

    private static void curve(Graphics2D g, Panel panel, int x, int y, double min, double max) {
        double span = max > min ? max - min : 1;
        g.setColor(new Color(0xDDDDDD));
        g.drawRect(x, y, SIDE, SIDE);
        Path2D line = new Path2D.Double();
        for (int i = 0; i < panel.columns(); i++) {
            double px = x + (double) i * SIDE / Math.max(1, panel.columns() - 1);
            double py = y + SIDE - (panel.values()[i] - min) / span * SIDE;
            if (i == 0) {
                line.moveTo(px, py);
            } else {
                line.lineTo(px, py);
            }
        }
        g.setColor(panel.error() ? new Color(0xB2182B) : new Color(0x3B4A8C));
        g.setStroke(new BasicStroke(1.6f));
        g.draw(line);
        g.setColor(Color.BLACK);
        g.drawString(label(max), x + SIDE + 6, y + 10);
        g.drawString(label(min), x + SIDE + 6, y + SIDE);
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
