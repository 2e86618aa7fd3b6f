package io.jenkins.plugins.deployfirst.docs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.deployfirst.engine.testing.MarkdownPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.jenkinsci.plugins.pipeline.modeldefinition.parser.Converter;
import org.jenkinsci.plugins.structs.describable.ArrayType;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.HomogeneousObjectType;
import org.jenkinsci.plugins.structs.describable.ParameterType;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pipelines that the documentation shows: Jenkins takes them, and their steps have the parameters that they are given. */
@WithJenkins
class DocumentedPipelinesTest {
    private Map<String, DescribableModel<?>> steps;
    private final List<String> wrong = new ArrayList<>();
    private int parameters;

    @Test
    void everyPipelineIsUnderstoodAndGivesStepsParametersThatTheyHave(JenkinsRule jenkins) {
        steps = ExtensionList.lookup(StepDescriptor.class).stream()
                .filter(step -> step.clazz.getName().startsWith("io.jenkins.plugins.deployfirst."))
                .collect(Collectors.toMap(StepDescriptor::getFunctionName, step -> new DescribableModel<>(step.clazz)));
        for (MarkdownPage page : MarkdownPage.all()) {
            for (String groovy : page.code("groovy")) {
                check(page, groovy);
            }
        }
        assertThat(parameters).isGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    private void check(MarkdownPage page, String groovy) {
        try {
            for (ASTNode node : new AstBuilder().buildFromString(CompilePhase.CONVERSION, true, groovy)) {
                node.visit(new Calls(page));
            }
            if (groovy.lines().anyMatch("pipeline {"::equals)) {
                Converter.scriptToPipelineDef(groovy);
            }
        } catch (MultipleCompilationErrorsException e) {
            wrong.add(page + ": " + e.getMessage() + "\n" + groovy);
        }
    }

    /** Looks at each call of a step of ours. */
    private final class Calls extends CodeVisitorSupport {
        private final MarkdownPage page;

        Calls(MarkdownPage page) {
            this.page = page;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            DescribableModel<?> step = steps.get(call.getMethodAsString());
            if (step != null && call.getArguments() instanceof TupleExpression arguments) {
                arguments.getExpressions().stream()
                        .filter(MapExpression.class::isInstance)
                        .forEach(named -> parameters(call.getMethodAsString(), step, (MapExpression) named));
            }
            super.visitMethodCallExpression(call);
        }

        private void parameters(String where, DescribableModel<?> model, MapExpression given) {
            for (MapEntryExpression entry : given.getMapEntryExpressions()) {
                parameters++;
                String name = ((ConstantExpression) entry.getKeyExpression()).getText();
                DescribableParameter parameter = model.getParameter(name);
                if (parameter == null) {
                    wrong.add(page + ": " + where + " has no parameter " + name);
                } else {
                    values(where + "." + name, parameter.getType(), entry.getValueExpression());
                }
            }
        }

        private void values(String where, ParameterType type, Expression value) {
            if (type instanceof HomogeneousObjectType object && value instanceof MapExpression map) {
                parameters(where, object.getSchemaType(), map);
            } else if (type instanceof ArrayType array && value instanceof ListExpression list) {
                list.getExpressions().forEach(item -> values(where, array.getElementType(), item));
            }
        }
    }
}
