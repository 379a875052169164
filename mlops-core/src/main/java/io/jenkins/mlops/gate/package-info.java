/** Gates: rules over evaluations, with three verdicts and the evidence for each. A gate that can't be judged fails. */
package io.jenkins.mlops.gate;
