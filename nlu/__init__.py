"""From what a resident wrote to what they mean: text in, `Understanding` out."""
