package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/** Small pieces of syntax that {@link DeclarativeParser} takes apart and puts together. */
final class DeclarativeAst {
    private static final String EARLIER = "declarativeEnvironment";

    private DeclarativeAst() {}

    static List<Statement> statements(ClosureExpression closure) {
        return closure.getCode() instanceof BlockStatement block ? block.getStatements() : List.of(closure.getCode());
    }

    static List<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression tuple
                ? tuple.getExpressions()
                : List.of(call.getArguments());
    }

    /** The block of a call such as {@code stages { }} or {@code stage('x') { }}. */
    @CheckForNull
    static ClosureExpression body(MethodCallExpression call) {
        List<Expression> arguments = arguments(call);
        return !arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof ClosureExpression closure
                ? closure
                : null;
    }

    /** The only argument, or the named ones as a map. */
    static Expression argument(MethodCallExpression call) {
        List<Expression> arguments = arguments(call);
        if (arguments.isEmpty()) {
            return ConstantExpression.NULL;
        }
        return named(arguments.get(0));
    }

    /** All arguments, the named ones as a map first. */
    static ListExpression argumentList(MethodCallExpression call) {
        ListExpression list = new ListExpression();
        arguments(call).forEach(argument -> list.addExpression(named(argument)));
        return list;
    }

    private static Expression named(Expression argument) {
        return argument instanceof NamedArgumentListExpression names
                ? new MapExpression(names.getMapEntryExpressions())
                : argument;
    }

    @CheckForNull
    static String text(Expression expression) {
        return expression instanceof ConstantExpression || expression instanceof VariableExpression
                ? expression.getText()
                : null;
    }

    static ClosureExpression closure(Expression value, Parameter... parameters) {
        BlockStatement code = new BlockStatement();
        code.addStatement(new ReturnStatement(value));
        ClosureExpression closure = new ClosureExpression(parameters, code);
        closure.setVariableScope(new VariableScope());
        closure.setSourcePosition(value);
        return closure;
    }

    /** The call itself, to be made later. */
    static Expression lazy(MethodCallExpression call) {
        return closure(call);
    }

    static MapExpression map(Map<String, Expression> entries) {
        MapExpression map = new MapExpression();
        new TreeMap<>(entries).forEach((name, value) -> map.addMapEntryExpression(new ConstantExpression(name), value));
        return map;
    }

    /** {@code NAME = value} of an environment block, in which a value may use the variables before it. */
    static Expression variable(String name, Expression value, Set<String> earlier) {
        boolean credentials = value instanceof MethodCallExpression call
                && "credentials".equals(call.getMethodAsString())
                && arguments(call).size() == 1;
        Expression given = credentials ? arguments((MethodCallExpression) value).get(0) : value;
        Expression resolved = new EarlierVariables(earlier).transform(given);
        return map(Map.of(
                "name", new ConstantExpression(name),
                "credentials", new ConstantExpression(credentials),
                "value", closure(resolved, new Parameter(ClassHelper.OBJECT_TYPE, EARLIER))));
    }

    private record EarlierVariables(Set<String> names) implements ExpressionTransformer {
        @Override
        public Expression transform(Expression expression) {
            if (expression instanceof VariableExpression variable && names.contains(variable.getName())) {
                return look(variable.getName());
            }
            if (expression instanceof PropertyExpression property
                    && property.getObjectExpression() instanceof VariableExpression variable
                    && variable.getName().equals("env")
                    && names.contains(property.getPropertyAsString())) {
                return look(property.getPropertyAsString());
            }
            if (expression instanceof ClosureExpression) {
                return expression;
            }
            return expression.transformExpression(this);
        }

        private static Expression look(String name) {
            return new BinaryExpression(
                    new VariableExpression(EARLIER),
                    Token.newSymbol(Types.LEFT_SQUARE_BRACKET, -1, -1),
                    new ConstantExpression(name));
        }
    }
}
