// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkjno.kernels.explain.ArenaMap;

final class ArenaPictureTest {
    private static final ArenaMap ARENA = new ArenaMap(
            4096,
            3072,
            4,
            List.of(
                    new ArenaMap.Block("%1", 0, 1024, 0, 1),
                    new ArenaMap.Block("%2", 1024, 2048, 1, 3),
                    new ArenaMap.Block("%3", 0, 1024, 2, 3),
                    new ArenaMap.Block("%4", 3072, 1024, 3, 3)));

    @Test
    void everyValueHasARectangleOfItsOwn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("arena.png");
        new ArenaPicture("step", ARENA).write(file);

        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
        Set<Integer> seen = new HashSet<>();
        BufferedImage image = ImageIO.read(file.toFile());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                seen.add(image.getRGB(x, y));
            }
        }
        assertThat(IntStream.range(0, 4).map(i -> ArenaPicture.colour(i).getRGB()))
                .doesNotHaveDuplicates()
                .allMatch(seen::contains);
        assertThat(seen).doesNotContain(ArenaPicture.colour(4).getRGB());
    }

    @Test
    void hundredsOfValuesHaveColoursOfTheirOwn() {
        assertThat(IntStream.range(0, 500).map(i -> ArenaPicture.colour(i).getRGB()))
                .doesNotHaveDuplicates();
    }

    @Test
    void anEmptyArenaIsAnEmptyPicture() {
        assertThat(new ArenaPicture("nothing", ArenaMap.EMPTY).draw().getWidth())
                .isPositive();
    }
}
