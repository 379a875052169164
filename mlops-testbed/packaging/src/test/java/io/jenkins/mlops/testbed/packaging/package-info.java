/** Tests of what the build makes: the arrows between modules, the {@code .hpi} files, the two poms of each plugin. */
package io.jenkins.mlops.testbed.packaging;
