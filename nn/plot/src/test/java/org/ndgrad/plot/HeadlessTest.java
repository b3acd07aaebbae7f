package org.ndgrad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadlessTest {

    @TempDir
    Path sockets;

    @ParameterizedTest
    @ValueSource(strings = {":7", "unix:7", ":7.0", "localhost:59999", "localhost:9.0", ":", "nonsense", "", ":99999"})
    void aServerThatIsGoneDoesNotAnswer(String display) {
        assertThat(Headless.answers(display, sockets)).isFalse();
    }

    @Test
    void whatIsLeftOfAServerDoesNotAnswer() throws IOException {
        Files.createFile(sockets.resolve("X7"));

        assertThat(Headless.answers(":7", sockets)).isFalse();
    }

    @Test
    void aServerOfThisMachineAnswers() throws IOException {
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(sockets.resolve("X7")));

            assertThat(Headless.answers(":7", sockets)).isTrue();
            assertThat(Headless.answers("unix:7.0", sockets)).isTrue();
        }
    }

    @Test
    void aServerBehindTheNetAnswers() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int number = server.getLocalPort() - 6000;

            assertThat(Headless.answers("localhost:%s.0".formatted(number), sockets))
                    .isTrue();
        }
    }
}
