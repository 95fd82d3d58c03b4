"""What somebody asks about their own data: to see it, to have it corrected, to have it erased (PIPL arts 44 to 50)."""
