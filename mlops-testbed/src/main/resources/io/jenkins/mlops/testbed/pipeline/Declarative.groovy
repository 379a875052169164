import io.jenkins.mlops.testbed.pipeline.DeclarativeSupport

/** Runs the sections of a Declarative Pipeline, which DeclarativeParser has put into a map. */
class Declarative implements Serializable {
    private static final long serialVersionUID = 1L
    private static final List PROPERTIES = ['buildDiscarder', 'disableConcurrentBuilds']
    private static final List KNOWN =
        PROPERTIES + ['skipStagesAfterUnstable', 'parallelsAlwaysFailFast', 'skipDefaultCheckout']

    private final def script
    private final Map model
    private Throwable failure
    private boolean skipAfterUnstable
    private boolean alwaysFailFast

    Declarative(def script, Map model) {
        this.script = script
        this.model = model
    }

    def run() {
        declareProperties()
        skipAfterUnstable = hasOption('skipStagesAfterUnstable')
        alwaysFailFast = hasOption('parallelsAlwaysFailFast')
        for (def option in model.options) {
            if (!option.step && !(option.name in KNOWN)) {
                script.echo("the option ${option.name} has no effect here")
            }
        }
        withOptions(model.options, 0) {
            inAgent(model.agent) {
                withVariables(model.environment) {
                    runStages(model.stages)
                    runPost()
                }
            }
        }
        if (failure != null) {
            throw failure
        }
    }

    private void declareProperties() {
        def properties = []
        if (model.parameters) {
            properties.add(script.parameters(calledAll(model.parameters)))
        }
        if (model.triggers) {
            properties.add(script.pipelineTriggers(calledAll(model.triggers)))
        }
        for (def option in model.options) {
            if (option.name in PROPERTIES) {
                def arguments = option.arguments.call()
                properties.add(script."${option.name}"(arguments ? arguments[0] : [:]))
            }
        }
        if (properties) {
            script.properties(properties)
        }
    }

    private List calledAll(def closures) {
        def values = []
        for (def closure in closures) {
            values.add(closure.call())
        }
        return values
    }

    private boolean hasOption(String name) {
        for (def option in model.options) {
            if (option.name == name) {
                return true
            }
        }
        return false
    }

    private void withOptions(def options, int from, Closure body) {
        int i = from
        while (options != null && i < options.size() && !options[i].step) {
            i++
        }
        if (options == null || i >= options.size()) {
            body.call()
            return
        }
        def arguments = options[i].arguments.call()
        script."${options[i].name}"(arguments[0]) {
            withOptions(options, i + 1, body)
        }
    }

    private void inAgent(def agent, Closure body) {
        if (agent == null || agent == 'none') {
            body.call()
        } else {
            String label = agent == 'any' || agent.label == null ? null : agent.label.call()
            script.node(label) {
                if (agent != 'any' && agent.customWorkspace != null) {
                    script.dir(agent.customWorkspace.call()) {
                        body.call()
                    }
                } else {
                    body.call()
                }
            }
        }
    }

    private void withVariables(def environment, Closure body) {
        if (!environment) {
            body.call()
            return
        }
        def values = [:]
        def secrets = []
        for (def variable in environment) {
            def value = variable.value.call(values)
            if (variable.credentials) {
                secrets.add(script.environmentCredentials(variable: variable.name, credentialsId: value.toString()))
            } else {
                values[variable.name] = value == null ? '' : value.toString()
            }
        }
        def pairs = []
        for (def value in values) {
            pairs.add(value.key + '=' + value.value)
        }
        script.withEnv(pairs) {
            if (secrets) {
                script.withCredentials(secrets) {
                    body.call()
                }
            } else {
                body.call()
            }
        }
    }

    private void runStages(def stages) {
        for (def stage in stages) {
            runStage(stage)
        }
    }

    private void runStage(def stage) {
        script.stage(stage.name) {
            String skipped = DeclarativeSupport.reasonToSkip(stage.name, failure, skipAfterUnstable, script)
            if (skipped != null) {
                script.echo(skipped)
                return
            }
            try {
                runWanted(stage)
            } catch (Throwable t) {
                failed(t)
            }
        }
    }

    private void runWanted(def stage) {
        boolean early = stage.when != null && stage.when.beforeAgent
        if (early && !isWanted(stage)) {
            return
        }
        withOptions(stage.options, 0) {
            if (stage.input != null) {
                script.input(stage.input.call())
            }
            inAgent(stage.agent) {
                withVariables(stage.environment) {
                    if (early || isWanted(stage)) {
                        runBody(stage)
                    }
                }
            }
        }
    }

    private boolean isWanted(def stage) {
        if (stage.when != null && !all(stage.when.conditions)) {
            script.echo('Stage "' + stage.name + '" skipped due to when conditional')
            return false
        }
        return true
    }

    private boolean all(def conditions) {
        for (def condition in conditions) {
            if (!holds(condition)) {
                return false
            }
        }
        return true
    }

    private boolean any(def conditions) {
        for (def condition in conditions) {
            if (holds(condition)) {
                return true
            }
        }
        return false
    }

    private boolean holds(def condition) {
        switch (condition.type) {
            case 'not':
                return !all(condition.of)
            case 'allOf':
                return all(condition.of)
            case 'anyOf':
                return any(condition.of)
            case 'expression':
                def value = condition.of.call()
                return value && value.toString() != 'false'
            default:
                return DeclarativeSupport.holds(condition.type, condition.of.call(), script)
        }
    }

    private void runBody(def stage) {
        String before = script.currentBuild.currentResult
        Throwable error = null
        try {
            if (stage.steps != null) {
                stage.steps.call()
            } else if (stage.stages != null) {
                runStages(stage.stages)
                error = failure
            } else if (stage.parallel != null) {
                runParallel(stage.parallel, stage)
            } else {
                runMatrix(stage)
            }
        } catch (Throwable t) {
            error = t
            failed(t)
        }
        if (stage.post) {
            String result = DeclarativeSupport.stageResult(error, before, script)
            Throwable inPost = runConditions(stage.post, result)
            error = error ?: inPost
        }
        if (error != null) {
            throw error
        }
    }

    private void runParallel(def stages, def owner) {
        def branches = [:]
        for (def stage in stages) {
            branches[stage.name] = branch(stage)
        }
        branches.failFast = alwaysFailFast || owner.failFast == true
        script.parallel(branches)
    }

    private Closure branch(def stage) {
        return {
            Declarative nested = new Declarative(script, model)
            nested.skipAfterUnstable = skipAfterUnstable
            nested.alwaysFailFast = alwaysFailFast
            nested.runStage(stage)
            if (nested.failure != null) {
                throw nested.failure
            }
        }
    }

    private void runMatrix(def stage) {
        def matrix = stage.matrix
        def cells = DeclarativeSupport.cells(matrix)
        def branches = [:]
        for (def cell in cells) {
            def variables = []
            for (def axis in cell) {
                def name = axis.key
                def value = axis.value
                variables.add([name: name, credentials: false, value: { ignored -> value }])
            }
            def inner = [
                name: 'Matrix - ' + DeclarativeSupport.cellName(cell), agent: matrix.agent, options: matrix.options,
                when: matrix.when, input: matrix.input, post: matrix.post, stages: matrix.stages,
                environment: variables + (matrix.environment ?: [])]
            branches[inner.name] = branch(inner)
        }
        branches.failFast = alwaysFailFast || stage.failFast == true
        script.parallel(branches)
    }

    private void failed(Throwable t) {
        if (failure == null) {
            failure = t
        }
        DeclarativeSupport.setResult(script, t)
    }

    private void runPost() {
        if (model.post) {
            script.stage('Declarative: Post Actions') {
                Throwable inPost = runConditions(model.post, script.currentBuild.currentResult)
                failure = failure ?: inPost
            }
        }
    }

    private Throwable runConditions(def post, String result) {
        Throwable error = null
        for (def name in DeclarativeSupport.conditions(post, result, script)) {
            try {
                post[name].call()
            } catch (Throwable t) {
                script.echo('Error when executing ' + name + ' post condition:')
                script.echo(DeclarativeSupport.text(t))
                error = error ?: t
                DeclarativeSupport.setResult(script, t)
            }
        }
        return error
    }
}
