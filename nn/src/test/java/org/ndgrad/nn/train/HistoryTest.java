package org.ndgrad.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static History twoEpochs() {
        History history = new History();
        history.add(ImmutableMap.of("loss", 0.5));
        history.add(ImmutableMap.of("loss", 0.25, "val_loss", 1e-5));
        return history;
    }

    @Test
    void whatWasNotMeasuredIsNan() {
        assertThat(twoEpochs().series("val_loss")).containsExactly(Double.NaN, 1e-5);
        assertThat(twoEpochs().last("loss")).isEqualTo(0.25);
        assertThat(twoEpochs().names()).containsExactly("loss", "val_loss");
    }

    @Test
    void unknownSeriesListsThoseThatAreThere() {
        assertThatThrownBy(() -> twoEpochs().series("accuracy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("History: expected one of the series [loss, val_loss]; got 'accuracy'. Take one of these.");
    }

    @Test
    void csvHasALineForEachEpoch() {
        assertThat(twoEpochs().toCsv()).isEqualTo("epoch,loss,val_loss\n1,0.5,\n2,0.25,1.0E-5\n");
    }

    @Test
    void namesWithCommasAndQuotesAreQuoted() {
        History history = new History();
        history.add(ImmutableMap.of("a,\"b\"", 1.0));

        assertThat(history.toCsv()).isEqualTo("epoch,\"a,\"\"b\"\"\"\n1,1.0\n");
        assertThat(history.toJson()).isEqualTo("{\"epoch\":[1],\"a,\\\"b\\\"\":[1.0]}");
    }

    @Test
    void jsonHasNullForWhatIsNotFinite() {
        History history = twoEpochs();
        history.add(ImmutableMap.of("loss", Double.POSITIVE_INFINITY));

        assertThat(history.toJson())
                .isEqualTo("{\"epoch\":[1,2,3],\"loss\":[0.5,0.25,null],\"val_loss\":[null,1.0E-5,null]}");
    }

    @Test
    void printsATable() {
        assertThat(twoEpochs().toString().lines())
                .containsExactly(
                        "epoch      loss  val_loss", "    1    0.5000       NaN", "    2    0.2500  1.000e-05");
    }

    @Test
    void goesOnFromAState() {
        History loaded = new History();
        loaded.load(twoEpochs().stateDict());
        loaded.add(Map.of("loss", 0.1));

        assertThat(loaded.epochs()).isEqualTo(3);
        assertThat(loaded.series("loss")).containsExactly(0.5, 0.25, 0.1);
    }

    @Test
    void stateOfSomethingElseIsRefusedAndChangesNothing() {
        History history = twoEpochs();

        assertThatThrownBy(() -> history.load(Map.of("loss", "high")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a list of numbers as 'loss'; got high");
        assertThatThrownBy(() -> history.load(Map.of("a", List.of(1), "b", List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("series of one length");
        assertThat(history.epochs()).isEqualTo(2);
    }
}
