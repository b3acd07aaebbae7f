package org.ndgrad.notebook;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;
import org.rapaio.jupyter.kernel.global.Global;

/**
 * Brings {@link Rendering} to the Jupyter kernel <a
 * href="https://github.com/padreati/rapaio-jupyter-kernel">rapaio-jupyter-kernel</a>, which finds it as a service.
 */
public final class Displays implements DisplayProvider {

    private static final String PLAIN = "text/plain";
    private static final String HTML = "text/html";
    private static final String PNG = "image/png";

    /** Called by the kernel. From then on, what is shown appears in the notebook. */
    public Displays() {
        show();
    }

    /** Lets what is shown appear in the notebook. */
    static void show() {
        Notebook.showOn(value -> Global.display(value));
        Notebook.placeBy(() -> Optional.of(new Place()));
    }

    /** A place below the cell, whose content is replaced. */
    private static final class Place implements Consumer<Object> {

        private @Nullable String id;

        @Override
        public void accept(Object value) {
            if (id == null) {
                id = Global.display(value);
            } else {
                Global.updateDisplay(id, value);
            }
        }
    }

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        return List.of(new Renderer());
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    /** Of all values: by the kernel alone, the text of any would be taken for HTML. */
    private static final class Renderer implements DisplayRenderer {

        private static final Set<String> KNOWN = Set.of("text", PLAIN, "html", HTML, "png", PNG);

        @Override
        public Class<?> rendererClass() {
            return Object.class;
        }

        @Override
        public boolean canRender(String mime) {
            return mime == null || mime.isBlank() || KNOWN.contains(mime);
        }

        @Override
        public DisplayData render(String mime, Object value) {
            if ("html".equals(mime) && value instanceof CharSequence html) {
                return DisplayData.withType(HTML, html.toString()); // display("html", "<b>bold</b>")
            }
            return data(Rendering.of(value));
        }
    }

    static DisplayData data(Rendering rendering) {
        DisplayData data = DisplayData.withType(PLAIN, rendering.text());
        rendering.html().ifPresent(html -> data.putData(HTML, html));
        rendering.png().ifPresent(png -> {
            data.putData(PNG, Base64.getEncoder().encodeToString(png));
            data.putMetaData(PNG, Map.of("width", Rendering.shownWidth(png)));
        });
        return data;
    }
}
