package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.triggers.TriggerDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jenkinsci.plugins.structs.SymbolLookup;

/**
 * Turns {@code pipeline { }} of a Declarative Jenkinsfile into a map of its sections, with the code in them as closures,
 * which {@code Declarative.groovy} runs. As the map stands in the script's own code, all of it suspends and resumes.
 */
final class DeclarativeParser extends CompilationCustomizer {
    static final String INTERPRETER = "Declarative";

    private static final Set<String> PIPELINE =
            Set.of("agent", "environment", "options", "parameters", "triggers", "stages", "post");
    private static final Set<String> ABSENT = Set.of("tools", "libraries");
    private static final Set<String> STAGE = Set.of(
            "agent",
            "environment",
            "options",
            "when",
            "input",
            "steps",
            "stages",
            "parallel",
            "failFast",
            "matrix",
            "post");
    private static final Set<String> MATRIX =
            Set.of("axes", "excludes", "stages", "agent", "environment", "options", "when", "input", "post");
    private static final Set<String> CONDITIONS = new TreeSet<>(Set.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "failure",
            "success",
            "unstable",
            "unsuccessful",
            "cleanup"));
    private static final Set<String> WHEN = new TreeSet<>(
            Set.of("branch", "expression", "environment", "equals", "not", "allOf", "anyOf", "beforeAgent"));
    private static final Set<String> STEP_OPTIONS = Set.of("timeout", "retry");
    private static final Set<String> JOB_OPTIONS = new TreeSet<>(Set.of(
            "buildDiscarder",
            "disableConcurrentBuilds",
            "disableResume",
            "overrideIndexTriggers",
            "parallelsAlwaysFailFast",
            "preserveStashes",
            "quietPeriod",
            "skipDefaultCheckout",
            "skipStagesAfterUnstable",
            "timestamps"));

    private SourceUnit source;

    DeclarativeParser() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit unit, GeneratorContext context, ClassNode classNode) {
        source = unit;
        BlockStatement script = unit.getAST().getStatementBlock();
        for (Statement statement : script.getStatements()) {
            MethodCallExpression call = callIn(statement);
            ClosureExpression body = call == null ? null : DeclarativeAst.body(call);
            if (body != null && call.getMethodAsString().equals("pipeline")) {
                MapExpression model = pipeline(body, call);
                ConstructorCallExpression interpreter = new ConstructorCallExpression(
                        ClassHelper.make(INTERPRETER),
                        new ArgumentListExpression(VariableExpression.THIS_EXPRESSION, model));
                MethodCallExpression run =
                        new MethodCallExpression(interpreter, "run", ArgumentListExpression.EMPTY_ARGUMENTS);
                run.setSourcePosition(call);
                ((ExpressionStatement) statement).setExpression(run);
            }
        }
    }

    private MapExpression pipeline(ClosureExpression body, ASTNode place) {
        MapExpression model = sections(
                body,
                PIPELINE,
                name -> ABSENT.contains(name)
                        ? "The section \"" + name + "\" is not in this host"
                        : "Undefined section \"" + name + "\"");
        require(model, "agent", place);
        require(model, "stages", place);
        return model;
    }

    private void require(MapExpression model, String section, ASTNode place) {
        if (model.getMapEntryExpressions().stream()
                .noneMatch(entry -> section.equals(((ConstantExpression) entry.getKeyExpression()).getValue()))) {
            error("Missing required section \"" + section + "\"", place);
        }
    }

    private MapExpression sections(ClosureExpression body, Set<String> known, Function<String, String> unknown) {
        MapExpression model = new MapExpression();
        Set<String> seen = new HashSet<>();
        for (MethodCallExpression call : calls(body)) {
            String name = call.getMethodAsString();
            if (!known.contains(name)) {
                error(unknown.apply(name), call);
            } else if (!seen.add(name)) {
                error("Multiple occurrences of the " + name + " section", call);
            } else {
                put(model, name, section(name, call));
            }
        }
        return model;
    }

    private Expression section(String name, MethodCallExpression call) {
        ClosureExpression body = DeclarativeAst.body(call);
        return switch (name) {
            case "agent" -> agent(call);
            case "failFast" -> DeclarativeAst.argument(call);
            case "environment" -> need(body, call, this::environment);
            case "options" -> need(body, call, this::options);
            case "parameters" -> need(body, call, (b, c) -> each(b, DeclarativeAst::lazy));
            case "triggers" -> need(body, call, (b, c) -> each(b, this::trigger));
            case "stages", "parallel" -> need(body, call, (b, c) -> each(b, this::stage));
            case "when" -> need(body, call, this::when);
            case "input" -> need(body, call, this::input);
            case "matrix" -> need(body, call, this::matrix);
            case "post" -> need(body, call, this::post);
            case "axes", "excludes" -> need(body, call, (b, c) -> each(b, this::cells));
            default -> need(body, call, (b, c) -> b);
        };
    }

    private Expression need(
            @CheckForNull ClosureExpression body,
            MethodCallExpression call,
            BiFunction<ClosureExpression, MethodCallExpression, Expression> parse) {
        if (body == null) {
            error("Expected a block for " + call.getMethodAsString(), call);
            return ConstantExpression.NULL;
        }
        return parse.apply(body, call);
    }

    private ListExpression each(ClosureExpression body, Function<MethodCallExpression, Expression> parse) {
        ListExpression list = new ListExpression();
        calls(body).forEach(call -> list.addExpression(parse.apply(call)));
        return list;
    }

    private Expression agent(MethodCallExpression call) {
        ClosureExpression body = DeclarativeAst.body(call);
        if (body == null) {
            String kind = DeclarativeAst.text(DeclarativeAst.argument(call));
            if (!"any".equals(kind) && !"none".equals(kind)) {
                error(
                        "Invalid argument for agent - \"" + kind
                                + "\" - must be map of config options or bare [any, none].",
                        call);
            }
            return new ConstantExpression(kind);
        }
        MapExpression model = new MapExpression();
        for (MethodCallExpression option : calls(body)) {
            String name = option.getMethodAsString();
            ClosureExpression inner = DeclarativeAst.body(option);
            if (name.equals("node") && inner != null) {
                return agent(option);
            } else if (name.equals("label") || name.equals("customWorkspace")) {
                put(model, name, DeclarativeAst.closure(DeclarativeAst.argument(option)));
            } else {
                error("Invalid agent type \"" + name + "\" specified. Must be one of [any, label, none]", option);
            }
        }
        return model;
    }

    private Expression trigger(MethodCallExpression call) {
        Set<String> valid = new TreeSet<>();
        ExtensionList.lookup(TriggerDescriptor.class).forEach(d -> valid.addAll(SymbolLookup.getSymbolValue(d)));
        String name = call.getMethodAsString();
        if (!valid.contains(name)) {
            error("Invalid trigger type \"" + name + "\". Valid trigger types: " + valid, call);
        }
        return DeclarativeAst.lazy(call);
    }

    private Expression stage(MethodCallExpression call) {
        List<Expression> arguments = DeclarativeAst.arguments(call);
        ClosureExpression body = DeclarativeAst.body(call);
        if (!call.getMethodAsString().equals("stage") || body == null || arguments.isEmpty()) {
            error("Expected a stage", call);
            return ConstantExpression.NULL;
        }
        String name = arguments.get(0).getText();
        MapExpression model = sections(
                body,
                STAGE,
                unknown -> ABSENT.contains(unknown)
                        ? "The section \"" + unknown + "\" is not in this host"
                        : "Unknown stage section \"" + unknown
                                + "\". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.");
        long ways = model.getMapEntryExpressions().stream()
                .map(entry -> entry.getKeyExpression().getText())
                .filter(Set.of("steps", "stages", "parallel", "matrix")::contains)
                .count();
        if (ways != 1) {
            error(
                    ways == 0
                            ? "Expected one of \"steps\", \"stages\", \"matrix\", or \"parallel\" for stage \"" + name
                                    + "\""
                            : "Only one of \"matrix\", \"parallel\", \"stages\", or \"steps\" allowed for stage \""
                                    + name + "\"",
                    call);
        }
        put(model, "name", arguments.get(0));
        return model;
    }

    private Expression environment(ClosureExpression body, MethodCallExpression call) {
        ListExpression list = new ListExpression();
        Set<String> earlier = new HashSet<>();
        for (Statement statement : DeclarativeAst.statements(body)) {
            if (statement instanceof ExpressionStatement line
                    && line.getExpression() instanceof BinaryExpression assignment
                    && assignment.getOperation().getText().equals("=")) {
                String name = assignment.getLeftExpression().getText();
                list.addExpression(DeclarativeAst.variable(name, assignment.getRightExpression(), Set.copyOf(earlier)));
                earlier.add(name);
            } else {
                error("Environment variables must be of the form NAME = value", statement);
            }
        }
        return list;
    }

    private Expression options(ClosureExpression body, MethodCallExpression place) {
        return each(body, call -> {
            String name = call.getMethodAsString();
            if (!STEP_OPTIONS.contains(name) && !JOB_OPTIONS.contains(name)) {
                Set<String> valid = new TreeSet<>(JOB_OPTIONS);
                valid.addAll(STEP_OPTIONS);
                error("Invalid option type \"" + name + "\". Valid option types: " + valid, call);
            }
            return DeclarativeAst.map(Map.of(
                    "name", new ConstantExpression(name),
                    "step", new ConstantExpression(STEP_OPTIONS.contains(name)),
                    "arguments", DeclarativeAst.closure(DeclarativeAst.argumentList(call))));
        });
    }

    private Expression input(ClosureExpression body, MethodCallExpression place) {
        MapExpression arguments = new MapExpression();
        calls(body).forEach(call -> put(arguments, call.getMethodAsString(), DeclarativeAst.argument(call)));
        return DeclarativeAst.closure(arguments);
    }

    private Expression when(ClosureExpression body, MethodCallExpression place) {
        MapExpression model = new MapExpression();
        ListExpression conditions = new ListExpression();
        for (MethodCallExpression call : calls(body)) {
            if (call.getMethodAsString().equals("beforeAgent")) {
                put(model, "beforeAgent", DeclarativeAst.argument(call));
            } else {
                conditions.addExpression(condition(call));
            }
        }
        put(model, "conditions", conditions);
        return model;
    }

    private Expression condition(MethodCallExpression call) {
        String name = call.getMethodAsString();
        ClosureExpression body = DeclarativeAst.body(call);
        Expression of;
        if (!WHEN.contains(name)) {
            error("Unknown conditional " + name + ". Valid conditionals are: " + String.join(", ", WHEN), call);
            of = ConstantExpression.NULL;
        } else if (name.equals("expression")) {
            of = need(body, call, (b, c) -> b);
        } else if (name.equals("not") || name.equals("allOf") || name.equals("anyOf")) {
            of = need(body, call, (b, c) -> each(b, this::condition));
        } else {
            of = DeclarativeAst.closure(DeclarativeAst.argument(call));
        }
        return DeclarativeAst.map(Map.of("type", new ConstantExpression(name), "of", of));
    }

    private Expression matrix(ClosureExpression body, MethodCallExpression call) {
        MapExpression model = sections(body, MATRIX, name -> "Unknown matrix section \"" + name + "\"");
        require(model, "axes", call);
        require(model, "stages", call);
        return model;
    }

    /** {@code axis { name 'X' values 'a', 'b' }}, or one exclude with several of them. */
    private Expression cells(MethodCallExpression call) {
        ClosureExpression body = DeclarativeAst.body(call);
        if (call.getMethodAsString().equals("exclude") && body != null) {
            return each(body, this::cells);
        }
        MapExpression model = new MapExpression();
        if (body == null || !call.getMethodAsString().equals("axis")) {
            error("Expected an axis", call);
            return model;
        }
        for (MethodCallExpression part : calls(body)) {
            String name = part.getMethodAsString();
            if (name.equals("name")) {
                put(model, "name", DeclarativeAst.argument(part));
            } else if (name.equals("values") || name.equals("notValues")) {
                put(model, name, new ListExpression(new ArrayList<>(DeclarativeAst.arguments(part))));
            } else {
                error("Unknown axis section \"" + name + "\"", part);
            }
        }
        return model;
    }

    private Expression post(ClosureExpression body, MethodCallExpression place) {
        MapExpression model = new MapExpression();
        for (MethodCallExpression call : calls(body)) {
            String name = call.getMethodAsString();
            ClosureExpression block = DeclarativeAst.body(call);
            if (!CONDITIONS.contains(name)) {
                error("Invalid condition \"" + name + "\" - valid conditions are " + CONDITIONS, call);
            } else {
                put(model, name, need(block, call, (b, c) -> b));
            }
        }
        return model;
    }

    private List<MethodCallExpression> calls(ClosureExpression body) {
        List<MethodCallExpression> calls = new ArrayList<>();
        for (Statement statement : DeclarativeAst.statements(body)) {
            MethodCallExpression call = callIn(statement);
            if (call == null) {
                error("Expected a section or a step, found: " + statement.getText(), statement);
            } else {
                calls.add(call);
            }
        }
        return calls;
    }

    @CheckForNull
    private static MethodCallExpression callIn(Statement statement) {
        return statement instanceof ExpressionStatement line
                        && line.getExpression() instanceof MethodCallExpression call
                        && call.getMethodAsString() != null
                ? call
                : null;
    }

    private static void put(MapExpression model, String name, Expression value) {
        model.addMapEntryExpression(new ConstantExpression(name), value);
    }

    private void error(String message, ASTNode place) {
        source.addError(new SyntaxException(
                message,
                place.getLineNumber(),
                place.getColumnNumber(),
                place.getLastLineNumber(),
                place.getLastColumnNumber()));
    }
}
