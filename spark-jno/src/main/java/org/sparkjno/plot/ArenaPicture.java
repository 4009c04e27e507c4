// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import org.sparkjno.kernels.explain.ArenaMap;

/**
 * The arena over a run: kernels from left to right, bytes from bottom to top, a rectangle of its own colour for each value
 * while it is alive. A dashed line marks the liveness lower bound.
 */
public final class ArenaPicture {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;
    private static final int LEFT = 90;
    private static final int BOTTOM = 50;
    private static final int MARGIN = 40;
    private static final int TICKS = 5;
    private static final int DASH = 8;
    /** Hues that are multiples of this part of the circle never come close to one another soon. */
    private static final double GOLDEN = 0.6180339887498949;

    private final String title;
    private final ArenaMap arena;

    /** The picture of an arena. */
    public ArenaPicture(String title, ArenaMap arena) {
        this.title = title;
        this.arena = arena;
    }

    /** Draws the picture. */
    public BufferedImage draw() {
        BufferedImage image =
                new BufferedImage(LEFT + WIDTH + MARGIN, MARGIN + HEIGHT + BOTTOM, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        for (int i = 0; i < arena.blocks().size(); i++) {
            ArenaMap.Block block = arena.blocks().get(i);
            g.setColor(colour(i));
            int x = x(block.first());
            int y = y(block.offset() + block.bytes());
            g.fillRect(x, y, Math.max(1, x(block.last() + 1) - x), Math.max(1, y(block.offset()) - y));
        }
        frame(g);
        g.dispose();
        return image;
    }

    /** Writes the picture as PNG, whole or not at all. */
    public void write(Path file) {
        PngFile.write(draw(), file);
    }

    /** The colour of a value's rectangle. */
    static Color colour(int block) {
        return Color.getHSBColor((float) (block * GOLDEN % 1), 0.45f + 0.1f * (block % 5), 0.92f - 0.08f * (block % 3));
    }

    private int x(int kernel) {
        return LEFT + (int) ((long) kernel * WIDTH / Math.max(1, arena.kernels()));
    }

    private int y(long bytes) {
        return MARGIN + HEIGHT - (int) Math.round((double) bytes * HEIGHT / Math.max(1, arena.bytes()));
    }

    private void frame(Graphics2D g) {
        g.setColor(Color.BLACK);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        g.drawRect(LEFT - 1, MARGIN - 1, WIDTH + 1, HEIGHT + 1);
        for (int x = LEFT; x < LEFT + WIDTH; x += 2 * DASH) {
            g.drawLine(x, y(arena.lowerBound()), Math.min(LEFT + WIDTH, x + DASH), y(arena.lowerBound()));
        }
        for (int tick = 0; tick <= TICKS; tick++) {
            long bytes = arena.bytes() * tick / TICKS;
            g.drawString(String.format(Locale.ROOT, "%.2f MB", bytes * 1e-6), 8, y(bytes) + 5);
            int kernel = arena.kernels() * tick / TICKS;
            g.drawString(String.valueOf(kernel), x(kernel) - 4, MARGIN + HEIGHT + 18);
        }
        g.drawString("kernel", LEFT + WIDTH / 2, MARGIN + HEIGHT + 38);
        g.drawString(
                String.format(
                        Locale.ROOT,
                        "%s: %d bytes for %d values, %.3f times the liveness lower bound (dashed)",
                        title,
                        arena.bytes(),
                        arena.blocks().size(),
                        arena.ratio()),
                LEFT,
                MARGIN - 14);
    }
}
