package org.ndgrad.nn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.optim.Adam;

/** A program that reads every file of a folder and writes what was in it into another, for check_files.py. */
final class Exchange {

    private Exchange() {}

    /** Takes the folders. */
    public static void main(String[] args) throws IOException {
        Path to = Files.createDirectories(Path.of(args[1]));
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(args[0]))) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            Path copy = to.resolve(file.getFileName());
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(".npy")) {
                Numpy.save(copy, Numpy.load(file));
            } else if (name.endsWith(".npz")) {
                Numpy.savez(copy, Numpy.loadz(file));
                Numpy.savezCompressed(to.resolve("compressed-" + name), Numpy.loadz(file));
            } else {
                Safetensors.saveFile(Safetensors.loadFile(file), copy);
            }
        }
        Linear model = new Linear(3, 2);
        new Checkpoint()
                .with("model", model)
                .with("optimizer", new Adam(model.parameters(), 0.1))
                .save(to.resolve("run.ckpt"), Map.of("epoch", 3));
    }
}
