"""Named quantities (同名数量): one quantity has one value in the whole of a report."""
