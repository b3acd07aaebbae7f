package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;

/**
 * A data set of the image files in a folder, where each sub-folder is a class of its own name: {@code cats/1.png},
 * {@code dogs/1.jpg}. Classes are numbered in the order of their names, and so are the files of a class, which may lie
 * deeper. Files count that end with .png, .jpg, .jpeg, .gif or .bmp; those that begin with a dot do not.
 *
 * <pre>{@code
 * ImageFolder pets = new ImageFolder(Path.of("pets"), ImageMode.RGB);
 * Dataset<Batch> augmented = pets.map(new RandomCrop(32, 32, 4).onFeatures(), 7); // all of one size, to be stacked
 * for (Batch batch : new DataLoader<>(augmented, 16)) { … }
 * }</pre>
 *
 * <p>Files are listed when it is made, and read whenever a sample is fetched, by {@link Images#read}; {@link #cached}
 * keeps them.
 */
public final class ImageFolder implements Dataset<Batch> {

    private static final ImmutableList<String> ENDINGS = ImmutableList.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    private final Path folder;
    private final ImageMode mode;
    private final ImmutableList<String> classes;
    private final ImmutableList<Path> files;
    private final int[] labels;

    /**
     * Lists the files.
     *
     * @param folder with a sub-folder for each class
     * @param mode the channels of all images
     * @throws UncheckedIOException if the folder cannot be listed
     * @throws IllegalArgumentException if there are no sub-folders, or one has no image
     */
    public ImageFolder(Path folder, ImageMode mode) {
        this.folder = folder;
        this.mode = mode;
        ImmutableList.Builder<Path> found = ImmutableList.builder();
        ImmutableList.Builder<Integer> classOf = ImmutableList.builder();
        try {
            classes = names(folder);
            for (int label = 0; label < classes.size(); label++) {
                Path subFolder = folder.resolve(classes.get(label));
                ImmutableList<Path> images = images(subFolder);
                checkArgument(
                        !images.isEmpty(),
                        "ImageFolder: expected images, %s, in %s; got none. Add some, or remove the folder.",
                        ENDINGS,
                        subFolder);
                found.addAll(images);
                for (int i = 0; i < images.size(); i++) {
                    classOf.add(label);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "ImageFolder: expected a folder " + folder.toAbsolutePath() + " that can be listed; got " + e
                            + ". Check the path and its rights.",
                    e);
        }
        files = found.build();
        labels = classOf.build().stream().mapToInt(label -> label).toArray();
    }

    private static ImmutableList<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            ImmutableList<String> names = entries.filter(Files::isDirectory)
                    .map(ImageFolder::name)
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
            checkArgument(
                    !names.isEmpty(),
                    "ImageFolder: expected a sub-folder for each class in %s; got none. Put the images of each class into a"
                            + " folder.",
                    folder);
            return names;
        }
    }

    private static ImmutableList<Path> images(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> isImage(name(file).toLowerCase(Locale.ROOT)))
                    .sorted()
                    .collect(ImmutableList.toImmutableList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static boolean isImage(String name) {
        return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Returns the names of the classes, in the order of their numbers. */
    public ImmutableList<String> classes() {
        return classes;
    }

    /** Returns the files, in the order of the samples. */
    public ImmutableList<Path> files() {
        return files;
    }

    @Override
    public long size() {
        return files.size();
    }

    /**
     * Reads an image.
     *
     * @return features (1, C, H, W) from 0 to 1, and the number of its class, int64 (1)
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it is no image
     */
    @Override
    public Batch get(long index) {
        DataChecks.index("ImageFolder", index, size());
        int i = (int) index;
        return new Batch(Images.read(files.get(i), mode).unsqueeze(0), Tensor.of(new long[] {labels[i]}));
    }

    @Override
    public String toString() {
        return "ImageFolder(" + folder + ": " + size() + " images, classes " + classes + ")";
    }
}
