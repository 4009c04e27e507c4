// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.lang.domain.Domain;
import org.sparkjno.lang.domain.Region;
import org.sparkjno.lang.expression.Expression;
import org.sparkjno.lang.model.Model;
import org.sparkjno.lang.model.Models;
import org.sparkjno.lang.model.Optimisers;
import org.sparkjno.lang.problem.Field;
import org.sparkjno.lang.problem.Problem;
import org.sparkjno.lang.problem.Run;
import org.sparkjno.lang.problem.Training;

class FieldPicturesTest {
    private static final Model NUMBER = Models.coefficient("a", 2).optimizer(Optimisers.adam(1e-2));
    private static final Run RUN = Problem.minimize(
                    "first", NUMBER.at().minus(1).square())
            .and("second", 2, NUMBER.at().square())
            .train(Training.steps(5));

    /** x + y/2 at the points of a region, and at all of its times. */
    private static Field plane(Region region) {
        return RUN.evaluate(region.get("x").plus(region.get("y").div(2)).named("u"));
    }

    private static void showsAPlane(FieldMap map, Path file) throws IOException {
        map.write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        for (double[] point : new double[][] {{0.2, 0.3}, {1, 0.5}, {1.7, 0.8}}) {
            int[] pixel = map.pixel(point[0], point[1]);
            Color seen = new Color(image.getRGB(pixel[0], pixel[1]));
            Color wanted = map.colour(point[0] + point[1] / 2);
            assertThat(seen.getRed()).isCloseTo(wanted.getRed(), within(3));
            assertThat(seen.getGreen()).isCloseTo(wanted.getGreen(), within(3));
            assertThat(seen.getBlue()).isCloseTo(wanted.getBlue(), within(3));
        }
    }

    @Test
    void gridsMeshesAndPointsAreMapped(@TempDir Path directory) throws IOException {
        Domain rectangle = Domain.rectangle(0, 0, 2, 1);
        Region grid =
                Domain.grid(new double[] {0, 0}, new double[] {2, 1}, 9, 6).interior();
        showsAPlane(FieldMap.of(plane(grid)).range(0, 2.5), directory.resolve("grid.png"));
        showsAPlane(FieldMap.of(plane(rectangle.meshSize(0.2).all())), directory.resolve("mesh.png"));
        showsAPlane(FieldMap.of(plane(rectangle.meshSize(0.05).interior())), directory.resolve("inside.png"));
        showsAPlane(FieldMap.of(plane(rectangle.points(3000).interior())), directory.resolve("points.png"));
    }

    @Test
    void aHoleOfAMeshStaysEmpty() {
        Region ring = Domain.of(org.sparkjno.datasets.geometry.Geometry.rectangle(0, 0, 2, 1)
                        .difference(org.sparkjno.datasets.geometry.Geometry.disk(1, 0.5, 0.25)))
                .meshSize(0.1)
                .all();
        FieldMap map = FieldMap.of(plane(ring));
        int[] middle = map.pixel(1, 0.5);
        assertThat(map.draw().getRGB(middle[0], middle[1])).isEqualTo(Color.WHITE.getRGB());
    }

    @Test
    void fieldsThatCannotBeDrawnAreRefused() {
        Domain many = Domain.rectangle(0, 0, 2, 1).points(20).samples(2);
        Expression k = many.parameter("k", 0, 1);
        Field samples = RUN.evaluate(k.times(many.interior("x")));
        assertThatThrownBy(() -> FieldMap.of(samples)).hasMessageContaining("sample(i)");
        Field vector = RUN.evaluate(Expression.vector(many.interior("x"), many.interior("y")));
        assertThatThrownBy(() -> FieldMap.of(vector)).hasMessageContaining("component(i)");
        Field line = RUN.evaluate(Domain.interval(0, 1).points(5).interior("x"));
        assertThatThrownBy(() -> FieldMap.of(line)).hasMessageContaining("two coordinates");
        assertThatThrownBy(() -> new LinePicture("u").curve("u", plane(many.interior())))
                .hasMessageContaining("take a slice");
    }

    @Test
    void slicesLossesAndResidualsAreDrawn(@TempDir Path directory) throws IOException {
        Field u = plane(
                Domain.grid(new double[] {0, 0}, new double[] {2, 1}, 9, 6).interior());
        new LinePicture("cut").curve("y = 0.4", u.slice("y", 0.4)).write(directory.resolve("line.png"));
        assertThat(colours(ImageIO.read(directory.resolve("line.png").toFile())))
                .hasSizeGreaterThan(5);
        HistoryPicture losses = new HistoryPicture("losses", RUN.history());
        assertThat(losses.curves()).containsExactly("sum", "first", "second");
        losses.write(directory.resolve("losses.png"));
        assertThat(ImageIO.read(directory.resolve("losses.png").toFile()).getWidth())
                .isEqualTo(800);
        HistogramPicture histogram = new HistogramPicture(u, 10);
        assertThat(histogram.counts()).hasSize(10);
        assertThat(Arrays.stream(histogram.counts()).sum()).isEqualTo(54);
        histogram.write(directory.resolve("histogram.png"));
        assertThat(ImageIO.read(directory.resolve("histogram.png").toFile()).getHeight())
                .isEqualTo(450);
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> seen = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                seen.add(image.getRGB(x, y));
            }
        }
        return seen;
    }

    @Test
    void timeIsAnimated(@TempDir Path directory) throws IOException {
        Region region =
                Domain.rectangle(0, 0, 1, 1).meshSize(0.25).time(0, 1, 4).all();
        Field u = RUN.evaluate(region.get("x").times(region.get("t")).named("u"));
        Path file = directory.resolve("u.gif");
        Animation.over("t", u).write(file);
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(stream);
            assertThat(reader.getNumImages(true)).isEqualTo(4);
            IIOMetadataNode root =
                    (IIOMetadataNode) reader.getImageMetadata(1).getAsTree("javax_imageio_gif_image_1.0");
            IIOMetadataNode control = (IIOMetadataNode)
                    root.getElementsByTagName("GraphicControlExtension").item(0);
            assertThat(control.getAttribute("delayTime")).isEqualTo("15");
            BufferedImage first = reader.read(0);
            BufferedImage last = reader.read(3);
            assertThat(last.getWidth()).isEqualTo(first.getWidth());
            int[] right = FieldMap.of(u.slice("t", 1)).pixel(1, 0.5);
            assertThat(new Color(first.getRGB(right[0] - 2, right[1])).getBlue())
                    .isGreaterThan(60);
            assertThat(new Color(last.getRGB(right[0] - 2, right[1])).getRed()).isGreaterThan(220);
        }
        Region line = Domain.interval(0, 1).meshSize(0.1).time(0, 1, 3).all();
        Animation curves = Animation.over("t", RUN.evaluate(line.get("x").times(line.get("t"))));
        assertThat(curves.frames()).hasSize(3);
        FieldMap.of(RUN.evaluate(line.get("x").times(line.get("t")))).write(directory.resolve("xt.png"));
    }
}
