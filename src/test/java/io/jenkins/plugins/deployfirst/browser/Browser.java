package io.jenkins.plugins.deployfirst.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, used as a person uses it. It connects to nobody but the Jenkins under test. */
final class Browser implements AutoCloseable {
    /** How wide the pages are looked at as a rule, in CSS pixels. */
    static final int WIDE = 1280;

    /** About as wide as a telephone. */
    static final int NARROW = 420;

    private static final int HEIGHT = 900;
    private static final String AT_REST =
            "return !document.getAnimations().some(animation => animation instanceof CSSTransition)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;

    /** The driver tells each line once. */
    private final List<String> said = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts it.
     *
     * @param profile a folder of its own
     */
    static Browser start(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(RealBrowser.CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=en-US",
                "--user-data-dir=" + profile.toAbsolutePath());
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(RealBrowser.DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.resize(WIDE);
        return browser;
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Returns what everybody waits with. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).ignoreException(StaleElementReferenceException.class);
    }

    /** Waits until an element is there to be seen, and returns it. */
    WebElement see(By element) {
        try {
            return await().until(() -> seen(element), Optional::isPresent).orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(element + " is not seen on " + url() + " " + console(), e);
        }
    }

    private Optional<WebElement> seen(By element) {
        return driver.findElements(element).stream()
                .filter(WebElement::isDisplayed)
                .findFirst();
    }

    /** Waits until a text is on the page. */
    void see(String text) {
        await().untilAsserted(() ->
                assertThat(text()).as(() -> url() + " " + console()).contains(text));
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Clicks an element, when nothing lies over it any more. */
    void click(By element) {
        WebElement found = see(element);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", found);
        await().alias("a click on " + element)
                .ignoreExceptionsInstanceOf(ElementNotInteractableException.class)
                .until(() -> {
                    see(element).click();
                    return true;
                });
    }

    /** Writes into a field, in place of what it holds, and leaves it; opens the fold that it lies in. */
    void write(By field, String text) {
        unfold(field);
        WebElement found = see(field);
        found.clear();
        found.sendKeys(text);
        driver.executeScript("arguments[0].blur()", found);
    }

    private void unfold(By field) {
        List<WebElement> found = driver.findElements(field);
        if (found.stream().noneMatch(WebElement::isDisplayed)) {
            found.forEach(hidden -> driver.executeScript(
                    "const fold = arguments[0].closest('.advancedBody');"
                            + "if (fold) fold.parentElement.querySelector('.advancedLink button').click();",
                    hidden));
        }
    }

    /** Chooses an option by its value or its text, as soon as Jenkins has filled it in. */
    void choose(By select, String option) {
        await().alias(option + " in " + select).until(() -> {
            WebElement found = see(select);
            return found.findElements(By.tagName("option")).stream()
                    .filter(one -> option.equals(one.getDomProperty("value"))
                            || option.equals(one.getText().strip()))
                    .findFirst()
                    .map(one -> {
                        one.click();
                        return true;
                    })
                    .orElse(false);
        });
    }

    /** Ticks a box, whose label is what people see of it. */
    void tick(By box) {
        WebElement found = driver.findElement(box);
        WebElement label = found.findElement(By.xpath("following-sibling::label | ../label"));
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", label);
        if (!found.isSelected()) {
            label.click();
        }
    }

    /** Makes the page as wide, in CSS pixels. */
    void resize(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Says which colours the person prefers, as the operating system tells pages. */
    void prefer(Scheme scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of(
                                "name",
                                "prefers-color-scheme",
                                "value",
                                scheme.name().toLowerCase(Locale.ROOT)))));
    }

    /**
     * Returns a part of the page as a PNG, below the fold too, without what floats over it; with a dialog, just what is in
     * the window. Colours that change slowly have changed by then, and nothing has moved meanwhile.
     */
    byte[] picture(By part) {
        driver.executeScript("window.scrollTo(0, 0)");
        await().until(() -> driver.executeScript(AT_REST), Boolean.TRUE::equals);
        // The first one has the page laid out as high as it is, which may move things.
        capture(placeOf(part));
        return await().until(
                        () -> {
                            Rectangle place = placeOf(part);
                            byte[] picture = capture(place);
                            return placeOf(part).equals(place) ? picture : null;
                        },
                        Objects::nonNull);
    }

    private Rectangle placeOf(By part) {
        boolean dialog = !driver.findElements(By.cssSelector("dialog[open]")).isEmpty();
        return dialog ? window() : see(part).getRect();
    }

    private byte[] capture(Rectangle place) {
        Map<String, Object> clip =
                Map.of("x", place.x, "y", place.y, "width", place.width, "height", place.height, "scale", 1);
        Map<String, Object> picture = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode((String) picture.get("data"));
    }

    private Rectangle window() {
        Dimension size = driver.findElement(By.tagName("html")).getSize();
        return new Rectangle(0, 0, HEIGHT, size.width);
    }

    /** Returns what the console has said, such as what a Content-Security-Policy refused. */
    List<String> console() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .forEach(said::add);
        return List.copyOf(said);
    }

    @Override
    public void close() {
        driver.quit();
    }

    /** Light or dark. */
    enum Scheme {
        LIGHT,
        DARK
    }
}
