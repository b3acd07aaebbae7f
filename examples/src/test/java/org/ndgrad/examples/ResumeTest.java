package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.Iterables;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {

    @TempDir
    private Path folder;

    @Test
    void goesOnToTheBitsOfARunWithoutAStop() {
        Resume.Run whole = new Resume.Run(3);
        whole.fit();

        assertThat(Resume.isSame(whole, Resume.stopAndGoOn(3, folder))).isTrue();

        Resume.Run another = new Resume.Run(4);
        another.fit();
        assertThat(Resume.isSame(whole, another)).isFalse();
        assertThat(folder.resolve("run.ckpt")).exists();
    }

    @Test
    void showsBothTablesAndSaysThatTheyAreEqual() {
        String text = ProgramOutput.of(() -> Resume.run(0, folder));

        assertThat(text)
                .contains("epoch      loss  val_loss  learning_rate", "until step 45", "batch 50/100", "batch 100/100");
        assertThat(Iterables.getLast(Splitter.on('\n').omitEmptyStrings().split(text)))
                .isEqualTo("parameters, buffers and history equal to the last bit: yes");
    }
}
