/**
 * The command that compares the doubles with real classes.
 *
 * <p>Last brought to zero differences against jenkins-core 2.516.2, stapler 1994, remoting 3309, credentials 1447,
 * plain-credentials 199, structs 353, script-security 1378, workflow-step-api 706, workflow-api 1384, workflow-support
 * 976, workflow-cps 4183 and workflow-job 1546: 330 classes, 2112 members. No jar of the test harness
 * ({@code org.jvnet.hudson.test}) was to be had; its doubles were compared with the sources by eye.
 */
package io.jenkins.mlops.testbed.conformance;
