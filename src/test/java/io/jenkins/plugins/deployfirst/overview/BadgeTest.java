package io.jenkins.plugins.deployfirst.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The picture of an environment's state. */
class BadgeTest {
    @Test
    void whatItShowsIsTextWhateverItHolds() throws Exception {
        Document picture = parsed(Badge.draw("pre\"prod", "<script>alert('&')</script>", "#000000"));

        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
        assertThat(picture.getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo("pre\"prod");
        assertThat(picture.getElementsByTagName("text").item(1).getTextContent())
                .isEqualTo("<script>alert('&')</script>");
        assertThat(picture.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("pre\"prod: <script>alert('&')</script>");
    }

    @Test
    void aVeryLongTextIsCut() throws Exception {
        Document picture = parsed(Badge.draw("preprod", "x".repeat(1_000), "#000000"));

        assertThat(picture.getElementsByTagName("text").item(1).getTextContent())
                .hasSize(60)
                .endsWith("x…");
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
