"""What would have been late under other rules, over what was recorded. Reads only: nothing is changed or kept.

`question.py` is what is asked, `recorded.py` the clocks as they ran, `otherwise.py` the same clocks under other rules,
`sums.py` counts both, and `answering.py` compares and adds up.
"""
