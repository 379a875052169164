/** What Jenkins' own build tools generate beside the class files, generated here without them. */
package io.jenkins.mlops.testbed.processor;
