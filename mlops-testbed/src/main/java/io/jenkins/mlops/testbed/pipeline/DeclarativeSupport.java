package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Functions;
import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The part of Declarative's interpreter that never waits. */
public final class DeclarativeSupport {
    private static final List<String> ORDER = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "failure",
            "success",
            "unstable",
            "unsuccessful",
            "cleanup");

    private DeclarativeSupport() {}

    private static Run<?, ?> run() throws IOException {
        return Program.current().program.run();
    }

    private static Result current() throws IOException {
        Result result = run().getResult();
        return result == null ? Result.SUCCESS : result;
    }

    private static Result resultOf(Throwable t) {
        return t instanceof FlowInterruptedException interrupted ? interrupted.getResult() : Result.FAILURE;
    }

    /** Makes the build's result at least as bad as {@code failure} says. */
    public static void setResult(Object script, Throwable failure) throws IOException {
        run().setResult(resultOf(failure));
    }

    /** Why a stage does not run at all; null when it does. */
    @CheckForNull
    public static String reasonToSkip(
            Object stage, @CheckForNull Throwable failure, boolean skipAfterUnstable, Object script)
            throws IOException {
        if (failure != null) {
            return "Stage \"" + stage + "\" skipped due to earlier failure(s)";
        }
        return skipAfterUnstable && current().isWorseOrEqualTo(Result.UNSTABLE)
                ? "Stage \"" + stage + "\" skipped due to earlier stage(s) marking the build as unstable"
                : null;
    }

    /** The result of one stage: its error's, or the build's if that got worse in between. */
    public static String stageResult(@CheckForNull Throwable error, String before, Object script) throws IOException {
        if (error != null) {
            return resultOf(error).toString();
        }
        return (current().isWorseThan(Result.fromString(before)) ? current() : Result.SUCCESS).toString();
    }

    /** Whether a condition of {@code when} with plain arguments holds. */
    public static boolean holds(String type, Object argument, Object script) throws Exception {
        return switch (type) {
            case "branch" -> Objects.equals(String.valueOf(argument), variable("BRANCH_NAME"));
            case "environment" -> {
                Map<?, ?> map = (Map<?, ?>) argument;
                yield Objects.equals(String.valueOf(map.get("value")), variable(String.valueOf(map.get("name"))));
            }
            case "equals" -> {
                Map<?, ?> map = (Map<?, ?>) argument;
                yield Objects.equals(plain(map.get("expected")), plain(map.get("actual")));
            }
            default -> throw new IllegalArgumentException("Unknown conditional " + type);
        };
    }

    private static Object plain(Object value) {
        return value instanceof CharSequence ? value.toString() : value;
    }

    @CheckForNull
    private static String variable(String name) {
        return new EnvironmentVariable().getProperty(name);
    }

    /** The conditions of a {@code post} section that hold for {@code result}, in the order in which they run. */
    public static List<String> conditions(Map<String, ?> post, String result, Object script) throws IOException {
        Result now = Result.fromString(result);
        Run<?, ?> previousRun = run().getPreviousBuild();
        Result previous = previousRun == null ? null : previousRun.getResult();
        return ORDER.stream()
                .filter(post::containsKey)
                .filter(condition -> holds(condition, now, previous))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean holds(String condition, Result now, @CheckForNull Result previous) {
        boolean good = now == Result.SUCCESS;
        return switch (condition) {
            case "changed" -> !Objects.equals(now, previous);
            case "fixed" -> good && previous != null && previous.isWorseThan(Result.SUCCESS);
            case "regression" -> previous != null && now.isWorseThan(previous);
            case "aborted" -> now == Result.ABORTED;
            case "failure" -> now == Result.FAILURE;
            case "success" -> good;
            case "unstable" -> now == Result.UNSTABLE;
            case "unsuccessful" -> !good;
            default -> true;
        };
    }

    /** All combinations of a matrix' axes without the excluded ones. */
    public static List<Map<String, String>> cells(Map<String, ?> matrix) {
        List<Map<String, String>> cells = new ArrayList<>();
        cells.add(new LinkedHashMap<>());
        for (Map<?, ?> axis : (List<Map<?, ?>>) matrix.get("axes")) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> cell : cells) {
                for (Object value : (List<?>) axis.get("values")) {
                    Map<String, String> next = new LinkedHashMap<>(cell);
                    next.put(String.valueOf(axis.get("name")), String.valueOf(value));
                    longer.add(next);
                }
            }
            cells = longer;
        }
        if (matrix.get("excludes") != null) {
            for (List<Map<?, ?>> exclude : (List<List<Map<?, ?>>>) matrix.get("excludes")) {
                cells.removeIf(cell -> exclude.stream().allMatch(axis -> isIn(cell, axis)));
            }
        }
        return cells;
    }

    private static boolean isIn(Map<String, String> cell, Map<?, ?> axis) {
        String value = cell.get(String.valueOf(axis.get("name")));
        List<?> values = (List<?>) axis.get("values");
        return values != null
                ? values.stream().anyMatch(v -> String.valueOf(v).equals(value))
                : ((List<?>) axis.get("notValues"))
                        .stream().noneMatch(v -> String.valueOf(v).equals(value));
    }

    /** A cell as it is shown: {@code OS = 'linux', PYTHON = '3.11'}. */
    public static String cellName(Map<String, String> cell) {
        return cell.entrySet().stream()
                .map(axis -> axis.getKey() + " = '" + axis.getValue() + "'")
                .collect(Collectors.joining(", "));
    }

    /** An error as the log shows it. */
    public static String text(Throwable t) {
        return t instanceof hudson.AbortException
                ? "ERROR: " + t.getMessage()
                : Functions.printThrowable(t).stripTrailing();
    }
}
