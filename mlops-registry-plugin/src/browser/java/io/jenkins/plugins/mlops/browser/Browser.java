package io.jenkins.plugins.mlops.browser;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium of this machine, without a window, on the pages of one Jenkins. */
public final class Browser implements AutoCloseable {
    private static final Duration CLICKED_AGAIN = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriverService service;
    private final ChromeDriver driver;
    private final String root;

    private Browser(ChromeDriverService service, ChromeDriver driver, URL root) {
        this.service = service;
        this.driver = driver;
        this.root = root.toString();
    }

    /** Starts it; the test is skipped, and says so, where none is installed. */
    public static Browser open(URL root) throws IOException {
        File chromium = installed("CHROME_BIN", "chromium", "chromium-browser", "google-chrome");
        File driver = installed("CHROMEDRIVER", "chromedriver");
        Assumptions.assumeTrue(
                chromium != null && driver != null,
                "No Chromium with its chromedriver is installed, so the pages are not tried in a real browser;"
                        + " on Debian: apt-get install chromium chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,900");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new Browser(service, new ChromeDriver(service, options), root);
    }

    private static File installed(String variable, String... names) {
        String given = System.getenv(variable);
        if (given != null && new File(given).canExecute()) {
            return new File(given);
        }
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : names) {
                File file = new File(folder, name);
                if (file.canExecute()) {
                    return file;
                }
            }
        }
        return null;
    }

    /** Signs a user in whose password is the name. */
    public Browser login(String user) {
        driver.manage().deleteAllCookies();
        driver.get(root + "login");
        driver.findElement(By.name("j_username")).sendKeys(user);
        driver.findElement(By.name("j_password")).sendKeys(user);
        leave(() -> driver.findElement(By.name("Submit")).click());
        return this;
    }

    public Browser go(String path) {
        driver.get(root + path);
        return this;
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public String text() {
        return find("body").getText();
    }

    /** Does what leads to another page, and waits until it is there. */
    public void leave(Runnable act) {
        script("window.mlopsStillHere = true");
        act.run();
        await(browser ->
                Boolean.TRUE.equals(script("return !window.mlopsStillHere && document.readyState === 'complete'")));
    }

    /** Opens a dialog by its button: again when a first click missed, as it may while a page is still being laid out. */
    public void open(String dialog) {
        long[] clicked = {0};
        await(browser -> {
            if (browser.find("#" + dialog).isDisplayed()) {
                return true;
            }
            if (clicked[0] == 0 || System.nanoTime() - clicked[0] > CLICKED_AGAIN.toNanos()) {
                browser.find("[data-mlops-opens=" + dialog + "]").click();
                clicked[0] = System.nanoTime();
            }
            return false;
        });
    }

    public void await(Predicate<Browser> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (condition.test(this)) {
                    return;
                }
            } catch (WebDriverException e) {
                // The page was on its way out: look again.
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("Not seen within " + PATIENCE + " on " + address() + ": " + text());
            }
            Thread.onSpinWait();
        }
    }

    public Object script(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument with the outcome. */
    public Object later(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script, arguments);
    }

    /** Whatever the browser complained about: errors of scripts, refused sources, files that are not there. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("favicon"))
                .toList();
    }

    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.manage().window().setSize(new Dimension(width, height));
    }

    public void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Keeps a picture of the whole page. */
    public void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Number height = (Number) script("return Math.ceil(document.documentElement.scrollHeight)");
        Number width = (Number) script("return window.innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width.intValue(),
                        "height",
                        Math.min(6_000, height.intValue()),
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        false));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
        service.stop();
    }
}
