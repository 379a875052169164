/** Gates as an author writes them in a Jenkinsfile or on a form; the core judges the rules that they stand for. */
package io.jenkins.plugins.mlops.registry.gates;
